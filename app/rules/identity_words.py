"""The words that announce a person's number, in English, Spanish and a few other languages."""

from __future__ import annotations

from typing import Final

_NUMBER: Final = r"(?:'?s)? ?(?:num(?:ber|ba)?s?\b|nmbr|nr|nos?\b|nbr|#|id\b|code)"
_NUMERO: Final = r"(?:numero|num|nro|n)(?: de| del)?(?: la| el)? ?(?:su |mi )?"

STRONG: Final = (
    # United States, Canada
    rf"ssn|soc(?:ial)? ?sec(?:urity)?{_NUMBER}|soc sec|ss (?:number|no|#)|social security(?: card)?"
    r"|social(?:'?s| is| number| no\b| #)(?! (?:worker|life|media|care))"
    rf"|medicare(?: card)?(?:{_NUMBER}|'s|s)|medicaid(?: card)?{_NUMBER}|ohip|phn|ahcip|ramq|care card"
    rf"|driv(?:er'?s?|ing) licen[cs]e(?:{_NUMBER})?|licen[cs]e number"
    # hospitals and insurers anywhere
    rf"|mrn|medical record{_NUMBER}?|(?:patient|chart|record|file|case file|hosp(?:ital)?|admission|unit|clinic){_NUMBER}"
    rf"|health (?:card|insurance|care)?{_NUMBER}|health card|insurance card|medical card{_NUMBER}"
    rf"|(?:member(?:ship)?|subscriber|insurance|policy|plan|claim|group|certificate|benefit|beneficiary|scheme){_NUMBER}"
    # banks and offices anywhere
    rf"|(?:account|acct?|routing){_NUMBER}|account(?:'s)? (?:ends|is|reads)|sort code|bsb|iban"
    rf"|(?:national id(?:entity)?|tax|tax file|service|army|visa|permit|va){_NUMBER}"
    rf"|passport(?:{_NUMBER})?|reisepass\w*|pasaporte|passeport|passaporte"
    # United Kingdom, Ireland, Australia, New Zealand, India, Nigeria, Kenya, the Philippines
    rf"|nhs{_NUMBER}|chi number|h&c number|(?:nat(?:ional)? ?ins(?:urance)?|ni){_NUMBER}|ppsn?|irp|ihi|nhi|tfn"
    rf"|aadh?aa?r|adhaar|pan card|(?:nin|nhif|sha){_NUMBER}|bvn|philhealth(?: id|{_NUMBER})?|umid|gsis"
    # Spain and Latin America, Brazil
    rf"|d\.?n\.?i\.?|c\.i\.|nie|cedula|curp|nss|(?:{_NUMERO})?(?:seguridad|seguro) social|tarjeta sanitaria"
    r"|carnet de identidad|historia clinica|expediente(?: clinico)?|poliza|cuil|cuit|cpf|cartao (?:do )?sus"
    rf"|(?:{_NUMERO})(?:afiliad[oa]|asegurad[oa]|afiliacion|socio|expediente|historia|paciente|tarjeta|cuenta|documento)"
    # Germany, France, Italy, Poland, the Netherlands, the North
    r"|\w*versicher(?:ungs|ten)nummer|steuer-?(?:id|nummer)|kartennummer|numero de secu\w*|carte vitale|codice fiscale"
    r"|tessera sanitaria|pesel|bsn|personnummer"
)
"""After these a number is nearly surely meant, even a few words later."""

WEAK: Final = (
    r"medicare(?: card)?|medicaid|nhs|insurance|policy|account|acct?|group|claim|member|plan|id|sin|nas|nif|nin|nino|rfc|rut"
    r"|rg|sip|sss|pan|social|card|hospital|chart|file|record|ficha|afiliad[oa]|afiliacion|obra social|tarjeta|cuenta"
    r"|documento|licen[cs]e|credit union|versicherung"
)
"""After these it must follow at once."""

CONNECTING: Final = frozenset(
    """
    number numbers reads says said shows card here there then with from this that below follows equals also number's
    full thing whole
    mother father husband wife sister brother codigo numero ending western east dash slash stroke letter capital
    called lautet
    """.split()
)

NO_CODE: Final = frozenset(
    """
    a i o u y e of to and at in on is for my the his her its it im am pm mg ml kg cm mm day days or by so as if an be
    we he she me us was
    no not but hi ok with from then than that this are were has had have mcg iu g l h hr hrs min mins wk wks yr yrs x
    st nd rd th than
    de la el los las en es mi su un una con por del al y ni se le lo que
    put says said card number num nr id mrn dob ssn nhs here there ref grp group acc acct account
    """.split()
)
"""Short words that are no part of a code."""
