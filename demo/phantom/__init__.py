"""A synthetic cervical spine for MRI: one invented patient as sagittal STIR and T1, with lesions planted on purpose.

No patient's image goes in. The anatomy is built from simple shapes with textbook proportions, bent along a random
lordosis and imaged by a small model of a scanner. Pure: NumPy and pydicom, no Django.

    phantom = simulate(7, [Lesion.parse("C5.body:2")])
    write_dicom(phantom, folder, subject="DEMO-0001")

patient     one random patient and the spine frame (p, q, x)      lesions, fitting   sites, places and sizes of lesions
geometry    where the picture lies (patient LPS, mm)              slab               the maps painted on
painting    the painters' order; they live in soft_tissue, throat, head, canal, bodies and arches
scanner     from signals to noisy pixels                          truth, dicom       what comes out
"""

from demo.phantom.dicom import write_dicom
from demo.phantom.lesions import Lesion
from demo.phantom.simulation import Phantom, simulate
from demo.phantom.truth import Finding

__all__ = ["Finding", "Lesion", "Phantom", "simulate", "write_dicom"]
