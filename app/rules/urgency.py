"""Symptoms that cannot wait, told as happening now to the writer or to someone she looks after.

The list is that of the neutropenic-sepsis and oncology triage advice which cancer centres give their patients (such as the
UK Oncology Nursing Society's 24-hour triage tool): fever or shaking chills during treatment, chest pain, not getting air,
bleeding that does not stop, one swollen leg, sudden confusion or numbness, not keeping fluids down.
"""

from __future__ import annotations

from typing import Final

from app.rules.patterns import any_of

DEGREES: Final = any_of(
    r"\b(?:fever|temp|temps|temperature|fiebre|temperatura|calentura)\b\W{0,3}(?:\w+\W+){0,4}?(?:38|39|40|41|10[0-5])(?:[.,]\d)?\b",
    r"\b(?:38[.,]\d|39(?:[.,]\d)?|40(?:[.,]\d)?|10[1-5](?:[.,]\d)?)\s?(?:°|of fever|fever|temp\b|de fiebre|,? ?rigors?|,? ?shaking)",
    r"^\W*(?:38[.,]\d|39[.,]\d|40[.,]\d|10[1-5][.,]\d)\b(?: again)?",
)
"""A temperature that is a fever, in either scale; 38 °C is 100.4 °F."""
FEVER: Final = any_of(
    r"\b(?:have|has|got|get|having|running|spiked|spiking|hit|with|a|high|shaking|shivering) (?:a |an |hit |high |and |with |low grade )*fever\b",
    r"\bfever\b.{0,30}\b(?:shaking|shivering|chills|rigors?|no white cells)\b",
    r"\b(?:shaking|rigors|violent|uncontrollable) (?:chills|shivers|shaking)\b",
    r"\bteeth (?:are |r )?chattering\b",
    r"\brigors\b",
    r"\b(?:tengo|tiene|con|esta con|le dio|agarro) (?:la |mucha |otra vez la )?(?:fiebre|calentura)\b",
    r"\bescalofrios (?:fuertes|que no paran)\b",
)
TREATED: Final = any_of(
    r"\b(?:chemo\w*|neutrop\w+|nadir|neuts?|anc|counts|cycle|round|infusion|taxol|carbo|folfox|r ?chop|port|picc|treatment|transplant|car ?t|oncology|onc|cancer|radiation|rads|immuno\w*|white cells|stent|day \d+)\b",
    r"\b(?:quimio\w*|neutropeni\w+|ciclo|sesion|defensas|port|cateter|tratamiento|trasplante|oncolog\w+|inmuno\w*)\b",
)
ALWAYS: Final = any_of(
    r"\b(?:crushing|sudden|bad|awful|severe|sharp|tight|terrible) (?:chest pain|pain in (?:my|his|her) chest|chest tightness)\b",
    r"\bchest (?:pain|tightness|pains)\b.{0,40}\b(?:right now|now|tonight|since|wont|started|cant|arm|jaw)\b",
    r"\b(?:cant|can not|cannot|struggling to|hard to|hardly) (?:breathe|catch (?:my|his|her) breath|get (?:my breath|air))\b",
    r"\b(?:wont|doesnt|not|isnt|hasnt) (?:stop(?:ped|ping)?|quit) bleeding\b", r"\bbleeding (?:\w+ ){0,3}(?:wont stop|heavily|a lot|bad|everywhere|through)\b",
    r"\b(?:coughing|throwing|vomiting|puking|peeing) (?:up )?(?:\w+ ){0,2}blood\b", r"\bblood (?:clots? )?(?:is |s )?(?:pouring|gushing)\b",
    r"\bleg\b.{0,12}\b(?:swollen|swelled|swelling)\b.{0,40}\b(?:hot|red|tight|pain|one side|overnight|suddenly|twice)\b",
    r"\b(?:one|left|right|my) (?:leg|calf) (?:is |has |s |got |looks )*(?:\w+ ){0,2}(?:swollen|twice the size|swelled up|red and hot|hot and red)\b",
    r"\b(?:suddenly|all of a sudden|just) (?:\w+ ){0,3}(?:confused|cant speak|cant move|cant feel (?:my|his|her) legs?|slurring|blind|collapsed|passed out|unconscious)\b",
    r"\b(?:having|had|has|in) a seizure\b", r"\b(?:cant|not|unable to|hasnt) (?:\w+ )?keep (?:\w+ )?(?:water|anything|fluids?|meds?) down\b.{0,40}\b(?:day|hours?|since|24|yesterday|2 days|two days)\b",
    r"\bthroat (?:is |s )?(?:closing|swelling)\b", r"\b(?:face|tongue|lips) (?:is |are |r )?swell(?:ing|ed) (?:up|fast)\b",
    r"\b(?:no puedo|no puede|me cuesta|le cuesta) respirar\b", r"\bdolor (?:fuerte |muy fuerte |opresivo )?(?:en el|de) pecho\b", r"\bno (?:para|deja) de sangrar\b",
    r"\b(?:vomita\w*|tose|tosiendo|escupe) sangre\b", r"\bla pierna (?:\w+ ){0,3}(?:hinchada|inflamada) (?:\w+ ){0,2}(?:roja|caliente|el doble)\b",
)  # fmt: skip
NOT_NOW: Final = any_of(
    r"\b(?:years? ago|months? ago|weeks? ago|last (?:year|month|week|summer|winter|cycle|time)|back in|in 20\d\d|used to|when i was|was in hospital|turned out|they (?:said|told)|what if|if (?:you|i|he|she|they|we|it|your|my)|in case|leaflet|list|symptoms? (?:of|to)|anyone (?:had|have|else)|is (?:it|this) normal to worry|afraid of|scared of|worried about|no fever|fever free|without a? ?fever|never had|dont have|gone now|broke|better now|come down|came down|down to|is down|fevers down|ruled out|ring (?:the|your|ur) (?:ward|line|chemo)|call (?:the|your|ur|that|them)|you (?:take|dont|pick|should)|hay fever|glandular fever|means|normal|every time|the whole night|put me in bed|that very|i got the same|without anything|dont tell|36|37|cabin fever|fever dream|dog|cat|fine now|all good|over it|football|spring fever|baby fever)\b",
    r"\b(?:hace (?:anos|meses|semanas)|el (?:ano|mes) pasado|la semana pasada|si (?:tienes|tengo|te|hay|le)|por si|sin fiebre|no tengo|ya no|ya paso|miedo a|prospecto|alguien (?:ha|tuvo))\b",
)
