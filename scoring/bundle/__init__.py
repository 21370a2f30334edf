"""The files of an export, each a function of the dossier (scoring/dossier) alone. Pure: same dossier, same bytes.

Every format is a writer with three acts, `begin(folder, header)`, `add(case)` and `finish()`: cases go through all of
them one by one, and no writer keeps what it was given, but for the two files that libraries write in one piece.

writing      all writers, in their order
sheets       what a table is: columns with their meanings, and the rows of a case
tables       the tables of an export; wide: one row a case; counted: what is summed up; codebook: what it all means
csvs, parquet, packages   the tables as files; load_r: how R reads them; xport: how SAS does
sdtm, adam   rows laid out after CDISC; redcap: a dictionary and its data
reports      readings as DICOM structured reports; key_objects: what pins point at
agreement    the reliability report; papers: charter, allotment, audit digest, what a person reads first
checksums    the manifest and the checksums; verifying: whether a bundle is still the one it was
"""
