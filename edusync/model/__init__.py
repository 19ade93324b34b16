"""What comes down to Edusign, as plain values.

Students, professors, groups, classrooms, courses, externals.
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
