import type { ReactNode, SVGProps } from "react";

type Props = SVGProps<SVGSVGElement> & { size?: number };

/** Every icon is drawn on one 24-grid with one stroke, and is silent to screen readers: words stand beside it. */
function icon(content: ReactNode) {
  return function Icon({ size = 18, ...rest }: Props) {
    return (
      <svg
        width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={1.75}
        strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false" {...rest}
      >
        {content}
      </svg>
    );
  };
}

export const IconAlert = icon(<path d="M12 8v5m0 3.2v.1M10.3 4 2.9 17a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z" />);
export const IconArrowRight = icon(<path d="M5 12h14m-6-6 6 6-6 6" />);
export const IconChain = icon(<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7L12 17.7" />);
export const IconCharter = icon(<path d="M6 3h9l4 4v14H6zM9 11h7M9 14.5h7M9 18h4M14.5 3v4.5H19" />);
export const IconCheck = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const IconChevronDown = icon(<path d="m6 9 6 6 6-6" />);
export const IconCopy = icon(<path d="M9 9h10v11H9zM5 15V4h10" />);
export const IconDownload = icon(<path d="M12 4v11m-5-4.5 5 5 5-5M4 20h16" />);
export const IconFolder = icon(<path d="M3 7a2 2 0 0 1 2-2h4l2 2.5h8a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2Z" />);
export const IconGrid = icon(<path d="M4 4h7v7H4zm9 0h7v7h-7zM4 13h7v7H4zm9 0h7v7h-7z" />);
export const IconHistory = icon(<path d="M4 12a8 8 0 1 0 2.6-5.9M4 4.5v4h4M12 8v4.3l3 1.8" />);
export const IconImport = icon(<path d="M12 15V4m-5 4.5 5-5 5 5M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3" />);
export const IconInfo = icon(<path d="M12 11v5m0-8.2v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z" />);
export const IconLayers = icon(<path d="m12 3 9 5-9 5-9-5Zm-9 9.5 9 5 9-5M3 17l9 5 9-5" />);
export const IconPeople = icon(<path d="M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9c0-3.5 2.7-5.5 6-5.5s6 2 6 5.5m.5-15.7a3.5 3.5 0 0 1 0 6.4M17.5 15c2.2.7 3.5 2.5 3.5 5" />);
export const IconPlus = icon(<path d="M12 5v14M5 12h14" />);
export const IconRefresh = icon(<path d="M20 11a8 8 0 0 0-14-4.5L4 8.5M4 4v4.5h4.5M4 13a8 8 0 0 0 14 4.5l2-2m0 4.5v-4.5h-4.5" />);
export const IconScales = icon(<path d="M12 4v16m-4 0h8M5 7h14M5 7l-3 7h6Zm14 0-3 7h6Z" />);
export const IconShuffle = icon(<path d="M3 7h3.5c4.5 0 6 10 10.5 10h4m-3-3 3 3-3 3M3 17h3.5c1.6 0 2.8-1.3 3.8-2.9M13 9.5C14 8 15.2 7 17 7h4m-3-3 3 3-3 3" />);
export const IconSignOut = icon(<path d="M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8m-3-8h10m-3.5-3.5L21 12l-3.5 3.5" />);
export const IconKey = icon(<path d="M14.5 9.5a4.5 4.5 0 1 1-3.2-4.3M13 11l7 7m-3-3 2-2" />);
export const IconFlask = icon(<path d="M9 3h6m-5 0v6.5L4.8 18a2 2 0 0 0 1.7 3h11a2 2 0 0 0 1.7-3L14 9.5V3M7.5 15h9" />);
export const IconTable = icon(<path d="M4 5h16v14H4zM4 9.5h16M4 14.2h16M10 5v14" />);
export const IconUndo = icon(<path d="M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3" />);
export const IconRedo = icon(<path d="m15 14 5-5-5-5m5 5H10a6 6 0 0 0 0 12h3" />);
export const IconFlag = icon(<path d="M5 21V4h12l-2.5 4.5L17 13H5" />);
export const IconLock = icon(<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3" />);
export const IconMap = icon(<path d="M9 3h6v5H9zm0 7h6v5H9zm0 7h6v4H9zM15 5l5 2m-5 5 5 2m-5 4.5 4 1.5" />);
