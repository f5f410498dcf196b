"""The base of coocook's tables."""

from sqlalchemy.orm import DeclarativeBase

from softfactory.kernel.db import Row, metadata_of


class Base(Row, DeclarativeBase):
    """A row of coocook's schema."""

    metadata = metadata_of("coocook")
