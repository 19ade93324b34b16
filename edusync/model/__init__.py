"""What comes down to Edusign, as plain values.

Students, professors, groups, classrooms, courses, externals; the ids of all these, among them
`UNKNOWN` for what could not be read; and the window, which is the days that a run looks at.
"""

from edusync.model.course import Course
from edusync.model.ids import UNKNOWN, Unknown, as_id
from edusync.model.people import Classroom, External, Group, Professor, Student
from edusync.model.window import PARIS, Window

__all__ = [
    "PARIS",
    "UNKNOWN",
    "Classroom",
    "Course",
    "External",
    "Group",
    "Professor",
    "Student",
    "Unknown",
    "Window",
    "as_id",
]
