"""What a spec says, as one tree: plain, frozen, with the place of everything in the file.

One module a part. Texts stay texts, so that two parts can be compared, and the whole be walked
(`walk`) and printed.
"""

from edusync.spec.node import Met, Node, walk
from edusync.spec.payload import Payload
from edusync.spec.texts import Expression, Path, Template
from edusync.spec.tree.call import (
    Call,
    FileCall,
    HttpCall,
    Operation,
    Piece,
    Statement,
)
from edusync.spec.tree.connection import Choices, Label, MustExist, Offer, Question
from edusync.spec.tree.entity import Entity
from edusync.spec.tree.list import FilterBy, ForEach, Inner, Merge, OrderBy, ReadAs, Resource
from edusync.spec.tree.own_call import OwnCall
from edusync.spec.tree.own_code import OwnCode
from edusync.spec.tree.rules import Adopt, Drop, Rules
from edusync.spec.tree.schedule import Schedule, Slot
from edusync.spec.tree.sign_in import Auth
from edusync.spec.tree.spec import Spec
from edusync.spec.tree.step import (
    STATES,
    AskSomebody,
    InDoubt,
    LookFirst,
    Refused,
    Repeat,
    Step,
)
from edusync.spec.tree.transport import (
    FilesTransport,
    HttpTransport,
    Limits,
    SoapTransport,
    SqlTransport,
    Transport,
    WebTransport,
)
from edusync.spec.tree.value import (
    AllOf,
    Composite,
    Constant,
    EdusignId,
    FirstOf,
    FunctionValue,
    Later,
    LookUp,
    LookUpAll,
    Moment,
    PathValue,
    TemplateValue,
    Value,
)
from edusync.spec.tree.writeback import Override, Reasons, StateRule, Writeback
from edusync.spec.verdicts import Verdict

__all__ = [
    "STATES",
    "Adopt",
    "AllOf",
    "AskSomebody",
    "Auth",
    "Call",
    "Choices",
    "Composite",
    "Constant",
    "Drop",
    "EdusignId",
    "Entity",
    "Expression",
    "FileCall",
    "FilesTransport",
    "FilterBy",
    "FirstOf",
    "ForEach",
    "FunctionValue",
    "HttpCall",
    "HttpTransport",
    "InDoubt",
    "Inner",
    "Label",
    "Later",
    "Limits",
    "LookFirst",
    "LookUp",
    "LookUpAll",
    "Merge",
    "Met",
    "Moment",
    "MustExist",
    "Node",
    "Offer",
    "Operation",
    "OrderBy",
    "Override",
    "OwnCall",
    "OwnCode",
    "Path",
    "PathValue",
    "Payload",
    "Piece",
    "Question",
    "ReadAs",
    "Reasons",
    "Refused",
    "Repeat",
    "Resource",
    "Rules",
    "Schedule",
    "Slot",
    "SoapTransport",
    "Spec",
    "SqlTransport",
    "StateRule",
    "Statement",
    "Step",
    "Template",
    "TemplateValue",
    "Transport",
    "Value",
    "Verdict",
    "WebTransport",
    "Writeback",
    "walk",
]
