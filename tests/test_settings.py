"""The configuration: what is accepted, what is refused, and in which words."""

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from bot.errors import ConfigurationError
from bot.settings import Settings, is_loopback, load_settings

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"

LEAST = """
[mailbox]
host = "imap.example.org"
[smtp]
host = "smtp.example.org"
[authenticity]
authserv_id = "mx.example.org"
"""


def load(folder: Path, text: str) -> Settings:
    """What a file of that text comes to."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def test_the_example_can_be_loaded_as_it_stands() -> None:
    assert load_settings(EXAMPLE).mailbox.host == "imap.example.org"


def test_a_key_left_out_takes_the_default_that_the_example_shows(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(LEAST, encoding="utf-8")
    least = load_settings(tmp_path / "config.toml")
    copy = tmp_path / "example.toml"
    copy.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    example = load_settings(copy)
    # These have no default: the example only shows how they are written.
    filled_in = {"circulars", "mailbox", "smtp"}
    assert example.model_dump(exclude=filled_in) == least.model_dump(exclude=filled_in)
    own = {"host", "username", "password_file"}
    assert example.mailbox.model_dump(exclude=own) == least.mailbox.model_dump(exclude=own)
    assert example.smtp.model_dump(exclude=own) == least.smtp.model_dump(exclude=own)


def keys(model: type[BaseModel], prefix: str = "") -> list[str]:
    """Every key of the configuration, as "mailbox.host"; of sections that may be left out, too."""
    found: list[str] = []
    for name, field in model.model_fields.items():
        kinds: tuple[Any, ...] = get_args(field.annotation) or (field.annotation,)
        models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if models:
            found += keys(models[0], f"{prefix}{name}.")
        else:
            found.append(prefix + name)
    return found


def described(section: str) -> list[str]:
    """The lines of a section of the example, with what is commented out made plain."""
    lines = [line.removeprefix("# ") for line in EXAMPLE.read_text(encoding="utf-8").splitlines()]
    heads = [at for at, line in enumerate(lines) if re.match(r"\[[\w.]+\](\s{2}|$)", line)]
    start = 0
    if section:
        start = next(at for at in heads if lines[at].startswith(f"[{section}]")) + 1
    return lines[start : next((at for at in heads if at >= start), len(lines))]


@pytest.mark.parametrize("key", keys(Settings))
def test_the_example_names_every_key(key: str) -> None:
    section, _, name = key.rpartition(".")
    # The submission server's sign-in takes the same keys as the mailbox's.
    section = section.replace("smtp.oauth2", "mailbox.oauth2")
    assert any(line.startswith(f"{name} =") for line in described(section)) or name == "password"


def test_the_sign_in_by_token_that_the_example_shows_is_complete(tmp_path: Path) -> None:
    lines = [line.partition("   ")[0] for line in described("mailbox.oauth2") if " = " in line]
    one_way = [line for line in lines if not line.startswith(("client_secret =", "cert"))]
    settings = load(
        tmp_path,
        LEAST.replace(
            "[smtp]", "\n".join(['username = "a"', "[mailbox.oauth2]", *one_way, "[smtp]"])
        ),
    )
    assert settings.mailbox.oauth2 is not None
    assert settings.mailbox.oauth2.client_secret_file == tmp_path / "mailbox.secret"


def test_the_example_is_plain_toml() -> None:
    assert tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["limits"]["processes"] == 2


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    settings = load(
        tmp_path, 'circulars = ["a.toml"]\n' + LEAST + '[members]\nfile = "members.csv"\n'
    )
    assert settings.circulars == (tmp_path / "a.toml",)
    assert settings.archive.path == tmp_path / "archive"
    assert settings.members.file == tmp_path / "members.csv"
    assert settings.database.url == f"sqlite:///{tmp_path / 'tsbbot.db'}"


def test_the_environment_stands_above_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSBBOT_MAILBOX__PASSWORD", "from the environment")
    settings = load(tmp_path, LEAST.replace("[smtp]", 'password = "in the file"\n[smtp]'))
    assert settings.mailbox.secret() == "from the environment"


def test_a_password_comes_from_its_file_without_the_line_end(tmp_path: Path) -> None:
    (tmp_path / "word").write_text("open sesame\n", encoding="utf-8")
    settings = load(tmp_path, LEAST.replace("[smtp]", 'password_file = "word"\n[smtp]'))
    assert settings.mailbox.secret() == "open sesame"


def test_a_password_shows_in_no_representation(tmp_path: Path) -> None:
    settings = load(tmp_path, LEAST.replace("[smtp]", 'password = "geheim"\n[smtp]'))
    assert "geheim" not in repr(settings)
    assert "geheim" not in str(settings.mailbox)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("x = ", "not valid TOML", id="no TOML"),
        pytest.param(
            LEAST.replace("[smtp]", 'usrname = "a"\n[smtp]'),
            '[mailbox] usrname is no key of this configuration; did you mean "username"?',
            id="a misspelt key",
        ),
        pytest.param(
            LEAST + "[serets]\n", "serets is no key of this configuration", id="a strange table"
        ),
        pytest.param(
            LEAST.replace('host = "imap.example.org"', ""),
            "[mailbox] host is missing",
            id="no host",
        ),
        pytest.param(
            LEAST.replace("[smtp]", 'security = "plain"\n[smtp]'),
            "would send the password in clear to imap.example.org",
            id="plain to another machine",
        ),
        pytest.param(
            LEAST.replace('"mx.example.org"', '""'), "authserv_id is empty", id="nobody vouches"
        ),
        pytest.param(
            LEAST.replace(
                "[authenticity]", '[authenticity]\ntrusted_sealers = ["https://lists.example"]'
            ),
            'trusted_sealers: "https://lists.example" is no domain in lower case',
            id="a sealer that is no domain",
        ),
        pytest.param(
            LEAST.replace("[smtp]", '[smtp]\nreturn_address = "tsbdir@example.org"'),
            "{letter} must stand once, before the @",
            id="a return address that is the same for all",
        ),
        pytest.param(
            LEAST + '[secretariat]\ntimezone = "Mars/Base"\n',
            'no time zone is called "Mars/Base"',
            id="no such zone",
        ),
        pytest.param(
            LEAST + '[secretariat]\ndigest_at = "7 o\'clock"\n',
            "[secretariat] digest_at",
            id="no time of day",
        ),
        pytest.param(
            LEAST.replace("[smtp]", "port = 70000\n[smtp]"), "[mailbox] port", id="no such port"
        ),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value).replace("\n", "")


def test_signatures_that_are_checked_here_need_no_server_that_vouches(tmp_path: Path) -> None:
    text = LEAST.replace('authserv_id = "mx.example.org"', "check_signatures = true")
    assert load(tmp_path, text).authenticity.authserv_id == ""


def test_a_wrong_secret_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, LEAST.replace("[smtp]", 'password = ["geheim"]\n[smtp]'))
    assert "geheim" not in str(caught.value)


def test_a_missing_file_says_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"config\.example\.toml"):
        load_settings(tmp_path / "nowhere.toml")


@pytest.mark.parametrize("text", ["", "\n"], ids=["empty", "one line end"])
def test_an_empty_password_file_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "word").write_text(text, encoding="utf-8")
    settings = load(tmp_path, LEAST.replace("[smtp]", 'password_file = "word"\n[smtp]'))
    with pytest.raises(ConfigurationError, match="is empty"):
        settings.mailbox.secret()


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("LOCALHOST", True),
        ("localhost.example.org", False),
        ("10.0.0.1", False),
        ("imap.example.org", False),
    ],
)
def test_which_hosts_are_this_machine(host: str, own: bool) -> None:
    assert is_loopback(host) is own
