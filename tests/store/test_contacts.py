"""The register's contacts: filled or updated by a file, marked where letters come back."""

import dataclasses

from bot.register.member_state import Contact, Iso3
from bot.store.contacts import MergeResult
from bot.store.store import Store
from tests.store.samples import MINUTE, NOW

FOCAL = Contact(
    iso3=Iso3("CHE"),
    name="",
    email="focal@admin.example",
    role="Focal point",
    focal_point=True,
    domain="admin.example",
)
DOMAIN = Contact(
    iso3=Iso3("FRA"),
    name="",
    email=None,
    role="",
    focal_point=False,
    domain="ministry.example",
    language="fr",
)


def test_contacts_come_back_as_they_were_given(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.contacts.all() == ()
        assert tx.contacts.merge([FOCAL, DOMAIN], NOW) == MergeResult(
            added=2, changed=0, unchanged=0
        )

        assert tx.contacts.all() == (FOCAL, DOMAIN)


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    with store.transaction() as tx:
        tx.contacts.merge([FOCAL, DOMAIN], NOW)

        assert tx.contacts.merge([FOCAL, DOMAIN, FOCAL], NOW + MINUTE) == MergeResult(
            added=0, changed=0, unchanged=2
        )


def test_a_contact_is_changed_in_its_place_and_one_that_is_missing_stays(store: Store) -> None:
    other = dataclasses.replace(FOCAL, role="Ministry", focal_point=False)
    with store.transaction() as tx:
        tx.contacts.merge([FOCAL, DOMAIN], NOW)

        assert tx.contacts.merge([other], NOW + MINUTE) == MergeResult(
            added=0, changed=1, unchanged=0
        )
        assert tx.contacts.all() == (other, DOMAIN)


def test_an_address_that_bounces_is_marked_until_it_is_cleared(store: Store) -> None:
    with store.transaction() as tx:
        tx.contacts.mark_bounced("Focal@Admin.example", "4.2.2 full", NOW)
        tx.contacts.mark_bounced("focal@admin.example", "5.1.1 unknown", NOW + MINUTE)

        assert tx.contacts.bounced() == {
            "focal@admin.example": (NOW + MINUTE, "5.1.1 unknown"),
        }

        tx.contacts.clear_bounce("FOCAL@admin.example")
        assert tx.contacts.bounced() == {}
