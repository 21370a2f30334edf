"""Where a number of an export comes from: its value, how it came about, and every step on the way. Pure.

Made of the dossier of a case (scoring/dossier) and the audit events about it. People are R1, ADJ1, or what they are in
the study; of two readers none is ever said to be right.

shown       what an explanation is made of
words       how methods, decisions and events are said
asked       which value is meant by a name, as the files of an export use it
changes     each change of an answer in its order
readings    what a reading says of it, with pins and signatures
images      which images were looked at, and for how long
decisions   what was decided where readings differ
sums        what a sum is added up from
facts       what is known of the exam and its participant
value       all of it for one value
case        all values of a case
"""

from scoring.explanation.asked import Asked, named
from scoring.explanation.case import CaseTable, table
from scoring.explanation.shown import Event, Evidence, History, Viewed, Views
from scoring.explanation.value import history

__all__ = ["Asked", "CaseTable", "Event", "Evidence", "History", "Viewed", "Views", "history", "named", "table"]
