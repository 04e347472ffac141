"""The days on which the pretended satellite passed, and the weather it met."""

from dataclasses import dataclass
from datetime import UTC, datetime

from .clouds import BROKEN, CUMULUS, FOG, FRONT, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquisition:
    when: datetime
    kind: Kind
    cover: float
    """Per cent of the sky."""
    snow_shift: float = 0.0
    """Metres by which the snow line lies off its usual height."""
    missing_west: float = 0.0
    """Metres, at the northern edge, that lie outside the swath."""

    @property
    def seed(self) -> int:
        return int(self.when.strftime("%y%j"))

    @property
    def name(self) -> str:
        return f"S2L_{self.when:%Y%m%dT%H%M%S}"


def _on(
    text: str, kind: Kind = CUMULUS, cover: float = 0, *, snow_shift: float = 0, missing_west: float = 0
) -> Acquisition:
    when = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return Acquisition(when=when, kind=kind, cover=cover, snow_shift=snow_shift, missing_west=missing_west)


ACQUISITIONS = (
    _on("2023-01-17T10:13:31", snow_shift=-150),
    _on("2023-02-11T10:11:49", FRONT, 46),
    _on("2023-03-08T10:08:31", BROKEN, 31, snow_shift=-200),
    _on("2023-04-12T10:10:19", CUMULUS, 9),
    _on("2023-05-07T10:06:01"),
    _on("2023-06-06T10:05:59", CUMULUS, 17),
    _on("2023-06-29T10:10:31", missing_west=5200),
    _on("2023-07-19T10:06:01", BROKEN, 38),
    _on("2023-08-13T10:10:31"),
    _on("2023-09-10T10:05:59", CUMULUS, 5),
    _on("2023-10-12T10:08:29", FOG, 33, snow_shift=300),
    _on("2023-11-21T10:13:21", FRONT, 74),
    _on("2024-01-11T10:14:01", FOG, 40, snow_shift=250),
    _on("2024-02-20T10:09:41", snow_shift=150, missing_west=9800),
    _on("2024-03-16T10:08:51", CUMULUS, 13),
    _on("2024-04-13T10:05:49", FRONT, 57),
    _on("2024-05-08T10:06:01", CUMULUS, 11),
    _on("2024-06-12T10:10:31", CUMULUS, 3),
    _on("2024-07-02T10:05:59", BROKEN, 26),
    _on("2024-07-27T10:10:31", CUMULUS, 14),
    _on("2024-08-21T10:06:01", CUMULUS, 3),
    _on("2024-09-20T10:10:41", BROKEN, 44, snow_shift=-250),
    _on("2024-10-20T10:09:21"),
    _on("2024-12-04T10:13:51", FRONT, 22, snow_shift=-250),
)
