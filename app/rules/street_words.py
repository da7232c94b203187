"""The words of which addresses are made: kinds of streets, what stands before a house number, what speaks of coming by."""

from __future__ import annotations

import re
from typing import Final

SURE: Final = (
    "street|road|rd|avenue|ave|lane|ln|crescent|cres|cresc|boulevard|blvd|mews|wynd|terrace|terr|grove|parkway|pkwy"
    "|highway|hwy|alley|gdns"
    "|parade|pde|esplanade|quay|brae|turnpike|avenida|marg|nagar|chowk|strasse|causeway|trail"
)
"""Behind a number and a name, nothing but a street."""

SHORT: Final = "st|str|dr|ct|crt|pl|cl|cir|sq|cr|trl|av"
"""The same, shortened: also a title, a unit or a saint."""

MAYBE: Final = (
    "close|drive|court|place|way|row|walk|run|hill|hills|view|park|green|rise|circle|square|bend|loop|path|vale"
    "|gate|heights|hollow|ridge|gardens"
    "|trace|pike|plaza|point|pass|cove|crossing|estate|villas|cottage|cottages|buildings|house|tower|towers|meadow"
    "|meadows|colony|layout|society|chase|croft|end|mount"
    "|bluff|branch|creek|acre|acres|fields|hey|glebe|orchard|bank|lea|common|wharf|block|apts|apartments|flats"
    "|mansions|residency|enclave|vihar|puram|sector|lodge"
)
"""Words of other kinds too: to be believed they need a name with capitals before them, or talk of coming by."""

NUMBERED: Final = (
    r"flat|flt|apt|apartment|apto|apartamento|dep(?:to|artamento)|dpto|unit|u-nit|suite|house|hse|h\.? ?no|lot|blk|block|plot"
    r"|door no|casa|wohnung|daire|trailer|mailbox(?: says)?"
)
"""What a home's number stands behind."""

AT_HOME: Final = (
    r"address|addy|direccion|adresse|lives? (?:at|on|out|in)|living at|vivo|vive en|estamos en|my house|our house"
    r"|my place|mailbox|letterbox|door ?bell|doorknob|gate code|knock\w*"
    r"|corner house|end terrace|(?:first|second|third|last|next) (?:house|door|trailer|place)|bungalow|postcode"
    r"|eircode|zip code|watchman|concierge|doorman|come (?:by|over|round|eat|get)|pop (?:in|round|over)"
)
"""Talk of where somebody lives."""

BY: Final = (
    r"come|drop|dropped|visit|visitors|deliver\w*|courier|parcel|post|posting|postcards?|letters?|send|mail(?:ing)?"
    r"|cards?|porch|buzz\w*|timbre|(?:side|front|back|blue|red|green|yellow|white|black) (?:door|gate)"
    r"|the door|the gate|keys?|key's|flat|apartment|our place|at mine|at ours|its at mine|neighbou?rs?|next door"
    r"|postman|lifts?|pick (?:me|him|her|us) up|meal train|dinners|cat|dog|hallway|verandah?|basement|upstairs"
    r"|off the"
    r"|on the corner|shiva|cookout|pull up|someone|somebody|check on|look in on|sit with|bring|dejen|manda\w*|llave"
    r"|buzon|portal|find me|i'?m at|we'?re at|we are at|i am at|she'?s at|he'?s at|they'?re at|she is at|he is at"
    r"|home|house"
    r"|garage|yard sale|studio|shop|stall|workshop|lives?"
)
"""Talk of coming or sending there."""

NOT_HOME: Final = (
    r"bus|buses|trains?|tram|route|bed|room|ward|bay|psalm|hymn|channel|highway|page|flight|gate b?\d|token|ticket|window|floor"
    r"|seat|slot|cubicle|chair|theatre|pavilion|stop|exit|junction|platform|porte|puerta|level|lvl|day|week|cycle|round|stage|grade"
)
"""What else is numbered."""

NO_NAME: Final = frozenset(
    """
    drive walk minute minutes min mins mile miles hour hours hr hrs day days week weeks year years month months people
    kids of in on to at for and or the a an
    is it more mg ml km time times from with by as my your his her our their that this was were are be been so but if
    then than not no new old good bad big little long
    short first second third last next other same different lovely nice great whole half quarter double single extra
    open free full empty nurses doctors hospitals bedroom bedrooms bed beds storey story room rooms bathroom family
    person step steps problem
    """.split()
)
"""Words that begin no street's name."""

TELLING: Final = frozenset(re.sub(r"\W+", " ", f"{SURE} {SHORT} {MAYBE}").split()) | frozenset(
    """
    flat flt apt apartment apto apartamento depto dpto departamento unit nit suite house hse lot blk block plot casa
    daire trailer mailbox address addy direccion adresse live lives
    vivo vive estamos letterbox doorbell doorknob knock bungalow postcode eircode zip watchman concierge doorman box
    postfach apartado apdo calle carrera cra kra avda pasaje psje privada
    callejon camino ronda travesia urb urbanizacion jiron jr rua travessa largo praca estrada alameda diagonal
    transversal paseo rue impasse chemin allee quai bd boulevard sentier
    mz mza manzana ul sokak sok cad caddesi mah mahallesi via viale piazza corso vicolo bring come drop deliver
    courier buzz samosas forge farm barn rectory vicarage manor grange mill schoolhouse smithy
    """.split()
)
"""A text with none of these words holds no address that is looked for here, unless its street is one word (Deichweg) or a code."""
