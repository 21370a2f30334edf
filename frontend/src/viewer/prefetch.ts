/** The images of the case that comes next. */
export function prefetchImages(imagesUrl: string): void {
  void imagesUrl;
}
