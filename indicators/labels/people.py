"""Names of the codes in the theme people: members of its breakdowns, and the breakdowns themselves."""

from indicators.words import N_

SEXES = {"F": N_("Women"), "M": N_("Men"), "T": N_("Women and men")}

MEMBERS = {"sex": SEXES}
BREAKDOWNS = {"sex": N_("Sex")}
