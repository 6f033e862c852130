"""A table of the configuration file."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A table of the file: a key that it does not know is an error, not a silent nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)
