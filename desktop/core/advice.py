"""How to meet somebody who complains, by the mood they are in, as the program brings it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from desktop.core.translation import mark


class Advice(NamedTuple):
    """A title, and what to say and what not to; as kept, translated where shown."""

    title: str
    text: str


BUILT_IN: Mapping[str, Advice] = {
    "vent": Advice(
        mark("Wants to vent: listen to the end"),
        mark(
            "Do: let them finish without a word of explanation. Say back what happened, in their words. "
            "Ask last of all what would help.\n"
            "Say: “I would be annoyed too. Thank you for telling us and not only your friends.”\n"
            "Not: “Calm down.” “That never happens here.” “It's the system.”"
        ),
    ),
    "respect": Advice(
        mark("Wants to be respected: the person first, then the goods"),
        mark(
            "Do: use their name, and let one person stay with it to the end, best the owner. Apologise "
            "for how it felt before you speak of goods or money. Say what you change, and report back.\n"
            "Say: “Nobody should be treated like that here. I see to it myself and call you by six.”\n"
            "Not: “Those are the rules.” “As I told you.” “My colleague will call you.”"
        ),
    ),
    "remedy": Advice(
        mark("Wants a remedy: own it, and offer two ways"),
        mark(
            "Do: own the mistake in one sentence. Offer two things to choose from, each with a day and an "
            "hour. Write down here what you promised.\n"
            "Say: “That was our mistake. A new one today, or your money back: which do you prefer?”\n"
            "Not: “We'll see what we can do.” Asking twice for proof. Bargaining before saying sorry."
        ),
    ),
    "": Advice(
        mark("Find out what they need"),
        mark(
            "Do: listen for a minute. Who tells the story wants to be heard; who speaks of how they were "
            "treated wants respect; who names a sum or a day wants a remedy. Note which.\n"
            "Say: “What would put this right for you?”\n"
            "Not: offering a coupon before you know what it is about."
        ),
    ),
}
"""Mood → advice; "" is a mood that was not noted yet."""
