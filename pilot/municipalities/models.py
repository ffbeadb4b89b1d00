"""Tables of the register."""

from sqlalchemy import Float, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pilot.core.db import Base, SortKey
from pilot.municipalities.rules import LanguageForm


class County(Base):
    __tablename__ = "county"

    number: Mapped[str] = mapped_column(String(2), unique=True)
    name: Mapped[str] = mapped_column(Text)
    name_official: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(SortKey)
    health_region: Mapped[str] = mapped_column(String(40))
    is_invented: Mapped[bool] = mapped_column(default=False)  # holds the demo's municipalities


class HospitalTrust(Base):
    __tablename__ = "hospital_trust"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(SortKey)
    health_authority: Mapped[str] = mapped_column(Text)
    community_name: Mapped[str] = mapped_column(Text)  # helsefellesskap; empty where not known
    is_sourced: Mapped[bool]
    community_is_sourced: Mapped[bool]
    org_number: Mapped[str | None] = mapped_column(String(9))
    note: Mapped[str] = mapped_column(Text)


class Municipality(Base):
    """One of the 357, or an invented one that only the demo has."""

    __tablename__ = "municipality"

    number: Mapped[str] = mapped_column(String(4), unique=True)
    name: Mapped[str] = mapped_column(Text)
    name_unique: Mapped[str] = mapped_column(Text)  # with the county where two share a name
    name_official: Mapped[str] = mapped_column(Text)
    other_names: Mapped[str] = mapped_column(Text)  # Sámi and Kven, joined by « - »
    sort_key: Mapped[str] = mapped_column(SortKey, index=True)
    search_key: Mapped[str] = mapped_column(SortKey)  # number, names and county, folded
    county_number: Mapped[str] = mapped_column(ForeignKey("county.number"), index=True)
    population: Mapped[int]
    population_year: Mapped[int]
    area_km2: Mapped[float] = mapped_column(Float)
    language_form: Mapped[LanguageForm]
    centrality_class: Mapped[int]
    centrality_index: Mapped[int]
    health_region: Mapped[str] = mapped_column(String(40))
    hospital_trust_key: Mapped[str | None] = mapped_column(ForeignKey("hospital_trust.key"))
    hospital_trust_is_sourced: Mapped[bool]
    hospital_trust_note: Mapped[str] = mapped_column(Text)
    org_number: Mapped[str | None] = mapped_column(String(9))
    admin_center: Mapped[str] = mapped_column(Text)
    website: Mapped[str] = mapped_column(String(200))
    is_invented: Mapped[bool] = mapped_column(default=False)
