"""Why a file is refused: one code and one sentence each, the same on the page, in the terminal and in the database.

A sentence never quotes the file: what stands in a header must not survive in a message.
"""

SENTENCES = {
    "not_dicom": "This is not a DICOM file.",
    "broken": "This file is damaged and cannot be read. Export it again from the archive.",
    "too_complex": "The header of this file is longer or deeper than that of any MR image. "
    "Export it again from the archive.",
    "crashed": "This file stopped the program that opens images, and was set aside. Export it again from the archive.",
    "directory": "A DICOMDIR is only a table of contents: the images it lists are imported from their own files.",
    "not_mr": "This is not a magnetic resonance image, so it is left out.",
    "unsupported_kind": "This file holds several images in a way that does not tell where each lies. "
    "Export the series as Enhanced MR, or one file a slice.",
    "unsupported_encoding": "This compression is not read. Export the images uncompressed or losslessly compressed "
    "(JPEG lossless, JPEG-LS, JPEG 2000 lossless, RLE).",
    "unsupported_pixels": "Only greyscale images of 8 or 16 bits are read. "
    "Export the original images, not pictures of them.",
    "unsupported_size": "Only images from 16 x 16 to 4096 x 4096 pixels are read. Export the original images.",
    "too_large": "This file is larger than Dens accepts. Export the series one file a slice.",
    "no_pixels": "There is no image in this file. Export the image itself.",
    "no_magnitude": "This file holds only the phase or a part of the complex signal, no image of the anatomy.",
    "no_geometry": "The file does not say where its slice lies in the patient (position, orientation, spacing). "
    "Export the original slices, not a screenshot or a montage.",
    "no_identity": "The file does not say to which exam, series and image it belongs (its UIDs are missing). "
    "Export it again from the archive.",
    "identifier_left": "Text of the header was found again in what would have been kept, so nothing of this file was.",
    "burned_in": "The scanner says that text is burnt into this image, which could name the patient. "
    "Export the original without it.",
    "other_pixels": "This image was imported before with other pixels. The first one was kept. "
    "Find out which of the two is right.",
    "mixed_up": "This image names an exam or a series that belongs to another patient or another exam. "
    "Ask the centre which is right.",
    "lost": "This file was lost on the server's disk before it could be imported. Send it again.",
    "case_frozen": "This exam has been allotted to readers, so nothing can be added to it any more.",
    "several_patients": "This image is of a second patient, but the upload was given one pseudonym. "
    "Upload each patient alone, or leave the pseudonym empty.",
    "other_subject": "This patient is already in the study under another pseudonym. Upload without a pseudonym.",
    "empty_zip": "There is no file in this zip. Make it again, or drop the folder itself.",
    "bad_zip": "This zip is damaged or built in an unusual way. Make it again, or drop the folder itself.",
    "encrypted_zip": "This zip is locked with a password. Unlock it first, or drop the folder itself.",
    "zip_too_large": "This zip unpacks to more than Dens accepts. Drop the folder itself, in parts.",
    "nested_zip": "This is a zip inside a zip. Unpack it first.",
    "not_a_file": "This entry of the zip is a link or a device, not a file. "
    "Drop the folder itself, if an image is missing.",
}


class Refused(Exception):
    """This file is not taken, for a reason a coordinator can act on."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason, self.message = reason, SENTENCES[reason]
