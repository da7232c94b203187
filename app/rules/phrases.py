"""Phrases that say it outright, in English and Spanish: what no score is needed for.

One pattern for each kind of saying, over the folded text with apostrophes left out. `UNLESS` holds what takes a match back
when it stands near: the past, a question about somebody's book, a joke. `listening` looks for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.rules.patterns import any_of

SAYING: Final[Mapping[str, str]] = {
    "crisis": any_of(
        r"\b(?:kill|killing|hang|hanging|shoot|shooting|drown) (?:myself|my self)\b",
        r"\b(?:end|ending|take|taking) (?:my (?:own )?life|it all|it tonight|everything tonight)\b",
        r"\b(?:i am|im|feel|feeling|been|i feel|be) (?:so |very |really |actively )?suicidal\b",
        r"\b(?:dont|do not|didnt|no longer) (?:really )?(?:want|wanna|wish) (?:to )?(?:be alive|live|wake up|be here|exist|go on living|keep living)(?: any ?more| tomorrow| tonight)?\b",
        r"\b(?:want|wanna|going|gonna|ready|decided|plan|planning) (?:to )?die (?:tonight|today|now|by my own)\b",
        r"\bi (?:just |really |only )*(?:want|wanna) (?:to )?(?:die|be dead)\b",
        r"\b(?:everyone|everybody|they|family|kids|all|he|she|yall|you)(?:s|ll|d|'ll| will| would| is| are)? (?:all )?(?:be )?(?:so much )?better off (?:without me|if i (?:was|were) (?:dead|gone))\b",
        r"\b(?:i am|im|ive been|i keep|been) (?:cutting|cut|hurting|burning|starving) myself\b",
        r"\bcut myself (?:again|last night|tonight|today|because)\b",
        r"\b(?:he|she|they|wife|husband|mum|mom|dad|sister|brother|son|daughter|friend)s? (?:has |have |just |s )*(?:took|taken|swallowed|downed) (?:all |the whole |a whole |every )",
        r"\bi (?:just |have |ve )*(?:took|taken|swallowed) (?:all|the whole|every(?:thing| last)?) (?:of )?(?:my|the|his|her|bottle|pack|box)\b",
        r"\bno (?:reason|point) (?:left )?(?:to live|in living|to go on living)\b",
        r"\b(?:suicide|goodbye) (?:note|letter)s? (?:is|are|s) (?:written|ready|done|on)\b",
        r"\b(?:quiero|voy a|ganas de|quisiera) (?:morirme|matarme|suicidarme|quitarme la vida|quitarme del medio|acabar con (?:todo|mi vida)|desaparecer para siempre)\b",
        r"\bno quiero (?:seguir viviendo|vivir(?: mas)?|estar viva|estar vivo|despertar(?:me)?(?: mas| manana)?)\b",
        r"\b(?:estarian|estaran|estarias|estarán|viven|vivirian) mejor sin mi\b",
        r"\b(?:me corte|me estoy cortando|me vuelvo a cortar) (?:otra vez|de nuevo|anoche|hoy|los brazos)\b",
        r"\bse (?:tomo|ha tomado|trago|ha tragado) (?:todas|todo el bote|la caja entera|todas las)\b",
    ),
    "threat": any_of(
        r"\bk\.?y\.?s\b", r"\b(?:go |just |please |you should |why dont you )+(?:kill|hang|shoot) (?:yourself|urself|yourselves)\b",
        r"^\W*(?:kill|hang) (?:yourself|urself)\b", r"\b(?:hope|wish) (?:you|u|ur|your kids?|she|he) (?:all )?(?:dies?|get cancer|gets it (?:back|too)|rots?)\b",
        r"\bi(?: will|ll|m going to|m gonna) (?:kill|hurt|find|hunt|stab|beat|end) (?:you|u|ya)\b", r"\bi know where (?:you|u) live\b",
        r"\b(?:go|just|please) (?:and )?(?:die|drop dead)\b(?: already| quietly| somewhere)?\W*$",
        r"\b(?:matate|suicidate|muerete|pegate un tiro)\b", r"\bojala (?:te|se|os) (?:mueras?|muera|pudras?|vuelva)\b",
        r"\bte voy a (?:matar|reventar|partir|encontrar|buscar)\b", r"\bse donde vives\b",
    ),
    "scam": any_of(
        r"\b(?:big pharma|pharma|doctors?|oncologists?|hospitals?|they|industry) (?:\w+ ){0,3}(?:hides?|hiding|hid|(?:dont|doesnt) want (?:you|u|us|people)|wont tell|keeps? (?:it )?(?:quiet|secret)|suppress(?:ed|es)?|buried|covers? (?:it )?up)\b",
        r"\bwhat (?:big pharma|doctors?|oncologists?|hospitals?|your (?:doctor|oncologist)) (?:\w+ ){0,2}(?:wont|dont|doesnt|never|hides?|not)\b",
        r"\b(?:herbal|herbs?|native|traditional|spiritual) (?:doctor|healer|cure|dr|medicine)\b.{0,60}\b(?:cured?|heals?|healed)\b",
        r"\b(?:cured?|heals?|reverses?|melts?|kills?|dissolves?) (?:\w+ ){0,3}(?:all (?:types? of )?cancers?|any cancer|every cancer|stage (?:4|iv|four)|tumou?rs?)\b.{0,40}\b(?:days?|weeks?|guarantee\w*|order|bottle|protocol|money back|permanent\w*)\b",
        r"\b(?:gift|steam|itunes|google play|apple|amazon) cards?\b.{0,50}\b(?:send|code|scratch|photo|number|need|urgent|pay)\b",
        r"\b(?:send|buy|scratch|need|get) (?:\w+ ){0,4}(?:gift|steam|itunes|google play|apple) cards?\b",
        r"\b(?:send|wire|transfer|deposit|pay) (?:\w+ ){0,4}(?:btc|bitcoin|crypto|usdt|eth|western union|moneygram)\b",
        r"\b(?:btc|bitcoin|crypto|usdt|forex) (?:\w+ ){0,3}(?:investment|trader|trading|wallet|profit|recovery)\b",
        r"\b(?:recovery|funds?) (?:expert|agent|hacker|specialist)\b", r"\b(?:seed|recovery) phrase\b.{0,30}\b(?:send|enter|confirm|verify)\b",
        r"\b(?:inheritance|next of kin|sum of|million (?:dollars|usd|pounds|euros))\b.{0,120}\b(?:transfer|deposit|bank|claim|assist|god|help|email|reply)\b",
        r"\b(?:confirm|verify|send|enter|give) (?:\w+ ){0,4}(?:password|pin|cvv|one time code|otp|login|6 digit|six digit|verification code)\b",
        r"\b(?:los medicos|las farmaceuticas|la industria|los doctores|los oncologos) (?:\w+ ){0,3}(?:ocultan|esconden|no quieren que|callan|no te (?:dicen|cuentan))\b",
        r"\b(?:cura|curan|curo|sana|elimina) (?:\w+ ){0,3}(?:todo tipo de cancer|cualquier cancer|el cancer|todos los canceres|tumores) (?:en|100|sin|garantizad\w+|definitivamente)\b",
        r"\b(?:tarjetas? (?:de )?regalo|tarjetas? (?:steam|itunes|google play))\b",
    ),
    "promotion": any_of(
        r"\b(?:use|with|enter|apply|my) (?:my )?(?:code|coupon|promo|discount code)\b.{0,30}\b(?:\d{1,2} ?%|off|discount|checkout|save|free)\b",
        r"\b\d{1,2} ?% (?:off|discount|de descuento)\b", r"\b(?:link|enlace|shop|tienda|store|site|website) (?:is |s )?(?:in|en) (?:my |mi |the |la )?(?:bio|profile|perfil)\b",
        r"\b(?:dm|pm|inbox|message|msg|text|whatsapp) me (?:\w+ )?(?:for|to) (?:\w+ ){0,3}(?:order|orders|price|prices|pricing|link|details|info|catalog\w*|sample|samples|rates|discount)\b",
        r"\b(?:order|buy|get|grab|book) (?:yours|now|today|before)\b.{0,60}(?:[$£€]|\boff\b|\bfree shipping\b|\bsale\b|https?://|www\.|\.com\b|\.example\b)",
        r"\b(?:i|we) (?:make and sell|sell (?:these|them|my|our|hand)|m selling|am selling|re selling|ship (?:worldwide|anywhere|to))\b",
        r"\bmy (?:etsy|shopify|amazon store|online store|online shop|gofundme|go fund me|onlyfans|patreon|affiliate|referral)\b",
        r"\b(?:gofundme|gofund\.me|go fund me|justgiving|givesendgo)\b.{0,60}\b(?:donat\w*|share|support|please|link|help|every|raised?|goal)\b",
        r"\b(?:donat\w*|share|please|support)\b.{0,60}\b(?:gofundme|gofund\.me|go fund me|justgiving|givesendgo)\b",
        r"\b(?:limited|only \d+|last few|3|few) (?:spots|places|seats|slots) (?:left|remaining|available)\b", r"\bfree shipping\b", r"\bearly ?bird (?:price|ticket|rate|discount|s)\b",
        r"\b(?:vendo|vendemos|hago envios|hacemos envios|pedidos por|escribeme (?:al|por) (?:privado|interno|dm|inbox) (?:para|por))\b",
        r"\b(?:codigo|cupon) (?:de )?descuento\b",
    ),
}  # fmt: skip
"""Kind of saying -> pattern."""

UNLESS: Final[Mapping[str, str]] = {
    "crisis": any_of(
        r"\b(?:laughing|laugh|years? ago|months? ago|back then|used to|in 20\d\d|last year|at the time|those days|not suicidal|never|wasnt|movie|film|book|series|show|song|character|read|hotline|lifeline|samaritans|why i|asked (?:me )?if|asks if|are you)\b",
        r"\b(?:risa|hace anos|antes|entonces|pelicula|serie|libro|nunca|verguenza|hambre|sueno|calor|cringe)\b",
    ),
    "threat": any_of(r"\b(?:told|said|says|called|texted|wrote|screamed|yelled|me dijo|me dijeron|autocorrect|lol|haha|jaja)\b"),
    "scam": any_of(
        r"\b(?:scam\w*|beware|warning|report(?:ed)?|dont (?:click|send|pay|fall|believe)|careful|is (?:this|it|that) (?:real|legit)|anyone (?:heard|know)|fake|fell for|avoid|ignore|blocked|nonsense|rubbish|bs|never (?:ask|send)|estafa\w*|cuidado|timo|no caigan|no piquen|mentira|denunci\w*)\b",
    ),
    "promotion": any_of(
        r"\b(?:scam\w*|insurance|copay|co pay|prescription|pharmacy|hospital shop|charity|free of charge|gratis|nobody should|stop (?:posting|selling)|reported|no vendo|spam)\b",
    ),
}  # fmt: skip
"""What takes a match back."""
