"""Tables of criteria sets. A published set never changes: the database refuses it."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from pilot.candidates.rules.criteria import (
    ASKED,
    TONGUES,
    Asked,
    CriterionText,
    Dimension,
    Quick,
    QuickText,
    SetState,
    Tongue,
)
from pilot.core.db import Base, FreeList, FreeText, guard_table


class CriteriaSet(Base):
    """One version of what municipalities are asked; at most one is a draft."""

    __tablename__ = "criteria_set"
    __table_args__ = (
        Index(
            "uq_criteria_set_draft",
            "state",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
    )

    version: Mapped[int] = mapped_column(unique=True)
    state: Mapped[SetState]
    note: Mapped[str] = mapped_column(FreeText, default="")  # what is new, for everyone
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class CriterionRow(Base):
    """A criterion of one version, in bokmål and nynorsk; a level's text stands at its number."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("set_id", "code"),
        CheckConstraint("weight >= 0", name="weight"),
        CheckConstraint("gate IS NULL OR (gate >= 1 AND gate <= 4)", name="gate"),
    )

    set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"))
    code: Mapped[str] = mapped_column(String(6))
    dimension: Mapped[Dimension]
    revision: Mapped[int] = mapped_column(default=1)  # of a draft's text; forms carry it
    weight: Mapped[int]
    gate: Mapped[int | None]
    nb_title: Mapped[str] = mapped_column(FreeText)
    nb_question: Mapped[str] = mapped_column(FreeText)
    nb_good: Mapped[str] = mapped_column(FreeText)
    nb_levels: Mapped[list[str]] = mapped_column(FreeList)
    nb_evidence: Mapped[str] = mapped_column(FreeText)
    nn_title: Mapped[str] = mapped_column(FreeText)
    nn_question: Mapped[str] = mapped_column(FreeText)
    nn_good: Mapped[str] = mapped_column(FreeText)
    nn_levels: Mapped[list[str]] = mapped_column(FreeList)
    nn_evidence: Mapped[str] = mapped_column(FreeText)

    def write(self, text: CriterionText) -> None:
        assert text.dimension is not None  # noqa: S101  # looked at by the rules
        self.code, self.dimension = text.code, text.dimension
        self.weight, self.gate = text.weight or 0, text.gate
        for tongue in TONGUES:
            for name, value in asdict(text.asked(tongue)).items():
                setattr(self, f"{tongue}_{name}", [*value] if name == "levels" else value)

    @property
    def text(self) -> CriterionText:
        return CriterionText(
            code=self.code,
            dimension=self.dimension,
            weight=self.weight,
            gate=self.gate,
            nb=self._asked("nb"),
            nn=self._asked("nn"),
        )

    def _asked(self, tongue: Tongue) -> Asked:
        own = {name: getattr(self, f"{tongue}_{name}") for name in ASKED}
        return Asked(**own | {"levels": tuple(own["levels"])})


class QuickQuestion(Base):
    """The quick check's question for a dimension, in one version."""

    __tablename__ = "quick_question"
    __table_args__ = (UniqueConstraint("set_id", "dimension"),)

    set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"))
    dimension: Mapped[Dimension]
    nb_question: Mapped[str] = mapped_column(FreeText)
    nb_missing: Mapped[str] = mapped_column(FreeText)
    nn_question: Mapped[str] = mapped_column(FreeText)
    nn_missing: Mapped[str] = mapped_column(FreeText)

    def write(self, quick: Quick) -> None:
        for tongue in TONGUES:
            for name, value in asdict(quick.of(tongue)).items():
                setattr(self, f"{tongue}_{name}", value)

    @property
    def quick(self) -> Quick:
        return Quick(
            dimension=self.dimension,
            nb=QuickText(question=self.nb_question, missing=self.nb_missing),
            nn=QuickText(question=self.nn_question, missing=self.nn_missing),
        )


PUBLISHED = "a published criteria set never changes"


def _published(set_id: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM criteria_set WHERE id = {set_id} "  # noqa: S608  # our own names
        "AND state = 'published')"
    )


def _parts(name: str) -> None:
    """Guard the rows of a set: none is added, changed or removed once the set is published."""
    guard_table(
        Base.metadata.tables[name],
        sqlite=tuple(
            f"CREATE TRIGGER {name}_fixed_{verb} BEFORE {verb.upper()} ON {name} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{PUBLISHED}'); END"
            for verb, when in _whens(name).items()
        ),
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {name}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF (TG_OP <> 'INSERT' AND {_published('OLD.set_id')}) "
            f"OR (TG_OP <> 'DELETE' AND {_published('NEW.set_id')}) "
            f"THEN RAISE EXCEPTION '{PUBLISHED}'; END IF; "
            f"RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$",
            f"CREATE TRIGGER {name}_fixed BEFORE INSERT OR UPDATE OR DELETE ON {name} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_fixed()",
        ),
    )


def _whens(name: str) -> dict[str, str]:
    # `INSERT OR REPLACE` fires no trigger for what it removes.
    replaces = (
        f"EXISTS (SELECT 1 FROM {name} part "  # noqa: S608  # our own names
        "JOIN criteria_set whole ON whole.id = part.set_id "
        "WHERE part.id = NEW.id AND whole.state = 'published')"
    )
    return {
        "insert": f"{_published('NEW.set_id')} OR {replaces}",
        "update": f"{_published('OLD.set_id')} OR {_published('NEW.set_id')}",
        "delete": _published("OLD.set_id"),
    }


_parts("criterion")
_parts("quick_question")
guard_table(
    Base.metadata.tables["criteria_set"],
    sqlite=(
        *(
            f"CREATE TRIGGER criteria_set_fixed_{verb} BEFORE {verb.upper()} ON criteria_set "
            f"WHEN OLD.state = 'published' BEGIN SELECT RAISE(ABORT, '{PUBLISHED}'); END"
            for verb in ("update", "delete")
        ),
        f"CREATE TRIGGER criteria_set_fixed_insert BEFORE INSERT ON criteria_set "
        f"WHEN {_published('NEW.id')} BEGIN SELECT RAISE(ABORT, '{PUBLISHED}'); END",
    ),
    postgresql=(
        f"CREATE OR REPLACE FUNCTION criteria_set_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{PUBLISHED}'; END $$",
        "CREATE TRIGGER criteria_set_fixed BEFORE UPDATE OR DELETE ON criteria_set "
        "FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION criteria_set_fixed()",
    ),
)
