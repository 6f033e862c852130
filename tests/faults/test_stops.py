"""A short run of the harness: every kind of edge once and more, nothing lost, nothing twice."""

from pathlib import Path

import pytest

from tests.faults.account import Account
from tests.faults.edges import Kind
from tests.faults.lane import Trial, open_lanes
from tests.faults.plan import places, trials
from tests.faults.running import run_trials
from tests.support.dovecot import Dovecot

#: Each is a life of a worker and more; so many meet every edge in every way.
_STOPS = 48

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.mark.timeout(600)
def test_a_worker_stopped_anywhere_loses_nothing_and_says_nothing_twice(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    with open_lanes(dovecot, tmp_path, 1) as lanes:
        undisturbed = lanes[0].run(Trial())
        usual = {False: undisturbed.account, True: lanes[0].run(Trial(files=True)).account}
        assert undisturbed.faults == []
        # Otherwise there would be nothing to lose.
        assert len(undisturbed.account.replies) == 8
        assert len(undisturbed.account.sent) == 11
        assert len(places(undisturbed.crossings)) > 1000

        def account(trial: Trial) -> Account:
            return usual[trial.files]

        planned = trials(undisturbed.crossings, _STOPS, seed=1)
        result = run_trials(lanes, planned, _STOPS, account, lambda *_: None)
    assert result.failed == []
    assert result.stops.total() >= _STOPS
    # Every edge, in every way in which it can be stopped there.
    ways = {(edge, kind) for edge, kinds in undisturbed.crossings for kind in kinds}
    assert ways - set(result.stops) == set()
    assert ("SMTP reply awaited", Kind.KILL) in ways
