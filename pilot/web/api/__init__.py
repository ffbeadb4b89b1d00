"""The JSON API: who asks, what is asked, what is answered, and the description of it all."""

from pilot.web.api.access import authenticate
from pilot.web.api.endpoints import Answered, Answers, Body, Endpoints, Json
from pilot.web.api.fields import (
    EMPTY_OR_LEGIBLE,
    LEGIBLE,
    VISIBLE,
    Code,
    Moment,
    Rows,
    Spoken,
    Text,
    WholeNumber,
    WrittenNumber,
    YesNo,
    refusal,
)
from pilot.web.api.lists import ListAnswers, Stretch, Window, WindowArgs, listed
from pilot.web.api.spec import PREFIX, Api
from pilot.web.api.writes import done

__all__ = [
    "EMPTY_OR_LEGIBLE",
    "LEGIBLE",
    "PREFIX",
    "VISIBLE",
    "Answered",
    "Answers",
    "Api",
    "Body",
    "Code",
    "Endpoints",
    "Json",
    "ListAnswers",
    "Moment",
    "Rows",
    "Spoken",
    "Stretch",
    "Text",
    "WholeNumber",
    "Window",
    "WindowArgs",
    "WrittenNumber",
    "YesNo",
    "authenticate",
    "done",
    "listed",
    "refusal",
]
