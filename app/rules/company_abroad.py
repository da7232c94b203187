"""The company of words of other languages, above all Spanish: what is a curse in it only. See `company`."""

from __future__ import annotations

from typing import Final

ONLY_WITH_ABROAD: Final[dict[str, str]] = {
    # Spanish
    "verga": r"^\W*verga\b|\b(?:a la|vale|una|ni|la|de|esta|que|puta|pura|mi|tu|su|como la|y|pinche) verga\b"
    r"|\bverga (?:de|se|que|we|wey|chamo|otra|no|me|ya)\b",
    "concha": r"\bconcha (?:de )?(?:tu|su|la) (?:madre|hermana|lora|puta)|la concha de|la concha (?:tu|su)",
    "cagar": r"\b(?:anda|andate|vete|iros|idos|vayan|vayanse|vaya|mandar|mando|mandarlo) a cagar\b",
    "foder": r"\b(?:vai|se|te|me|vao|vou|va|pra|que se) foder\b",
    "cago": r"\b(?:me|nos) (?:re)?cago en(?! (?:el pantalon|la cama|los pantalones|el sofa|la silla|el suelo))",
    "cagas": r"\bte cagas\b(?! (?:encima|en la cama))",
    "cagaste": r"\bla cagaste",
    "huevo": r"(?:chup|import|val)\w* (?:\w+ )?(?:un|el) huevo\b|\by un huevo\b",
    "huevos": r"(?:chup|toc|hinch|romp)\w* (?:\w+ )?(?:los|las|mis) huevos\b|hasta los huevos\b"
    r"|los huevos (?:llenos|hinchados|al plato)\b|(?:que|con dos) huevos\b(?! (?:cuestan|compr))"
    r"|\bmis huevos\b(?! (?:de|con|est|fri))",
    "pelotas": r"\b(?:romp|hinch|toc|infl)\w* (?:bien )?(?:las|los) pelotas\b|\bhasta las pelotas\b",
    "wea": r"\b(?:la|una|que|puta la|esta|esa) wea\b",
    "weas": r"\b(?:las|puras|que|estas|esas) weas\b",
    "mames": r"\bno (?:me )?mames\b",
    "mamen": r"\bno (?:me )?mamen\b",
    "mame": r"\bno (?:me )?mame\b",
    "mms": r"\bno mms\b(?! (?:from|on|in|sent|received|message|protocol))",
    "mamadas": r"\b(?:puras|son|que|pinches) mamadas\b",
    "mamada": r"\b(?:que|pura|pinche|una) mamada\b",
    "mamon": r"\b(?:eres|pinche|que|so|tan|un|puto) (?:un )?mamon\b",
    "mamona": r"\b(?:eres|pinche|que|so|tan) (?:una )?mamona\b",
    "culo": r"\b(?:vete|iros|andate|and[ae]\w*|den|dan|dar|tom\w+|met\w+|bes\w+|lam\w+"
    r"|lav\w+) (?:\w+ ){0,3}culo\b|\b(?:cara de|hasta el|ojo del|como el) culo\b|\bque te den\b",
    "den": r"\bque (?:te|le|les|os|me) den(?: \w+){0,2}? por (?:el )?culo|^\W*que te den\W*$",
    "orto": r"\b(?:el|como el|al|del|tu|en el|para el|su|ese|mi) orto\b(?! (?:del|de la|solar))",
    "pija": r"\b(?:chup\w+|una|la|que|mi|tu) pija\b(?! (?:madril|de))",
    "pinga": r"^\W*pinga\W*$|\b(?:que|de|la|una|pal|pa la|a la|ni|esta|pila de) pinga\b",
    "forro": r"^\W*forro\W*$|\b(?:sos|eres|que|flor de|un|re|tan) (?:un )?(?:terrible )?forro\b(?! (?:polar|de"
    r"|del|interior))",
    "forra": r"\b(?:sos|eres|que|una|tan) (?:una )?forra\b",
    "marica": r"\b(?:puto|sos|eres|pinche|maldito|so|un|tan|por) marica\b|\bmarica de mierda",
    "gonorrea": r"^\W*gonorrea\W*$|\b(?:esta|que|tremenda|pirob\w+|sos|eres|hijueputa|este) gonorrea\b(?! (?:es"
    r"|se|tiene|tratada))|\bgonorrea (?:hijueputa|malparid|esta|de mierda)",
    "capullo": r"\b(?:eres|menudo|so|vaya|pedazo de|que) (?:un )?capullo\b",
    "zorra": r"\b(?:eres una|maldita|pinche|so|hija de|vieja|menuda|una) zorra\b(?! (?:en el|cruz|con sus))",
    "perra": r"\b(?:hij[oa]s? de|eres una|maldita|pinche|hijo de la gran) perra\b",
    "ojete": r"\b(?:eres|pinche|que|bien|por|tan|so) (?:un )?ojetes?\b",
    "hostia": r"^\W*hostia\b(?! (?:consagrada|santa))|\b(?:hostia puta|la hostia (?:puta|de (?!la misa|misa|com))"
    r"|me cago en la hostia|que hostia|ni hostia|de la hostia|mala hostia|una hostia|a toda hostia"
    r"|joder hostia)\b",
    "hostias": r"^\W*hostias?\b|\b(?:que|ni|a|de|cojones|me cago en) hostias\b",
    "chucha": r"\b(?:a la|que|por la|la|conchetu|ctm|media) chucha\b(?! (?:esta|come|ladra))",
    "pario": r"\bmadre (?:que|q) (?:te|lo|la|los|las|nos|me) pario\b",
    "hijo": r"\bhijos? de (?:la |su |tu |mil |una )?(?:gran |re |grandisima )?(?:pu\w{0,3}|p[*.]+|perra"
    r"|chingada)\b|\bhijos? de (?:su|la) p\b",
    "hijos": r"\bhijos de (?:la |su |tu |mil |una )?(?:gran |re )?(?:pu\w{0,3}|p[*.]+|perra|chingada)(?!\w)"
    r"|\bhijos de (?:su|la) pu?\.",
    "hija": r"\bhijas? de (?:la |su |tu |mil |una )?(?:gran |re )?(?:pu\w{0,3}|p[*.]+|perra|chingada)(?!\w)",
    "hp": r"\b(?:que|ese|un|unos|ese) hp\b(?! (?:laptop|printer|impres|pylori|posit|negat))|\bhp (?:dolor|vida"
    r"|frio|calor|hijueputa)",
    "folla": r"\b(?:que te|te|me|mala) folla\b",
    "polla": r"\b(?:la|una|chup\w+|comeme la|ni|mi|tu) polla\b(?! (?:de|gorda de la loteria))|\bpollas en vinagre",
    "pollas": r"\b(?:que|ni|mil|dos|unas) pollas\b",
    "suda": r"\bme la suda\b",
    "singa": r"\bsinga tu\b",
    "puneta": r"^\W*puneta\b|\b(?:que|la|de la|una) puneta\b|\bpuneta (?:que|q)\b",
    "punetas": r"\b(?:que|ni|hacer) punetas\b",
    "vergas": r"\b(?:chup\w+|puras|mis|sus|mil|ni|que) vergas\b",
    "alv": r"^\W*alv\b|\b(?:vete|vaya|vayan|vamos|todo|ya|y|fue|fueron|voy|mandar|mand\w+|we|wey|guey|que"
    r"|me) alv\b|\balv (?:we|wey|guey|con|todo|todos|ya)\b",
    "jode": r"^\W*jode\b|\b(?:no|te|me|se|nos|le|les|que|q|como|lo|la|y|a) jode\b|\bjode (?:que|q|la|el|mucho|un"
    r"|tio|macho)\b",
    "joda": r"^\W*joda\b|\b(?:no|te|me|se|nos|le|les|que|q|de|la|una|en|es|va|todo) joda\b",
    "joden": r"^\W*joden\b|\b(?:no|te|me|se|nos|le|les|que|q|como|lo|la|y) joden\b",
    "sorete": r"^\W*sorete\W*$|\b(?:un|sos|que|flor de|pedazo de|ese|este) sorete\b",
    "soretes": r"\b(?:unos|son|que|manga de|esos|estos) soretes\b",
    # French, German, Italian, Portuguese, Dutch
    "fick": r"\bfick (?:dich|euch|mich|die)\b",
    "kut": r"\b(?:wat een|zo een|die) kut\b|\bkut (?:ziekte|zooi|leven|dag)\b",
    "foutre": r"\b(?:va|allez|aller|rien a|qu est ce que tu) (?:te |vous |se )?(?:faire )?foutre\b",
    "chier": r"\b(?:fait|va|font|fais|te faire) (?:te |me |nous )?chier\b",
    "nique": r"\bnique (?:ta|sa|ton|tes|la|le|tout)\b",
    "crisse": r"\bcrisse (?:de|que)\b|^\W*crisse\b",
    "hostie": r"\bhostie (?:de|que)\b|^\W*hostie\b",
    "cu": r"\b(?:no|meu|teu|seu|do|o) cu\b(?! (?:cm|mm))",
    "pute": r"\b(?:sale|fils de|une|grosse|ta|putain de) pute\b",
    "porra": r"^\W*porra\b|\b(?:que|essa|desta|dessa|nessa|esta|uma) porra\b(?! (?:del|de futbol|con))"
    r"|\bporra nenhuma",
    "troia": r"\b(?:porca|che|figlio di|brutta|una) troia\b",
    "porco": r"\bporco (?:dio|giuda)\b",
    "kacke": r"\b(?:so eine|verdammte|diese|die) kacke\b",
    "arsch": r"\b(?:leck|am|im|du|so ein) (?:\w+ ){0,3}arsch\b",
    # Tagalog, Hindi, Chinese, Arabic
    "gago": r"\bgago (?:ka|kayo|to|yan|talaga|ba)\b|\b(?:ang|mga|putang|kang|mong|yung|napaka) gago\b",
    "ina": r"\b(?:tang|putang|kinang) ina\b",
    "piste": r"\bpiste (?:ka|yawa|ning|nga)\b",
    "bc": r"\bbc (?:yaar|yar|bhai|saala|sala)\b|\b(?:arey|abe|oye) bc\b",
    "saala": r"\bsaala (?:kutta|harami)\b",
    "tmd": r"(?<![a-z]\s)\btmd[,!]",
    "omo": r"\bkos+ omo\b",
    "omak": r"\bk[ou]s+ omm?ak\b",
    "emek": r"\bk[ou]s emek\b",
    "zona": r"\bben zona\b",
    "cao": r"\b(?:wo|ni ma) cao\b|\bcao ni ma\b",
}  # fmt: skip

NOT_WITH_ABROAD: Final[dict[str, str]] = {
    "foda": r"\bfoda\b(?! (?:se|me|te))",
    "puto": r"kutsinta|bumbong|bibingka|rice cake|dinuguan|kakanin|puto (?:cheese|seko|calasiao|maya)|(?:eat|ate"
    r"|pieces|steamed) (?:\w+ )?puto\b",
    "putos": r"kutsinta|rice cake",
    "pinche": r"\b(?:me|te|se|nos|le|les|os) pinche\b|\bpinche de cocina|\bpinche (?:usted|aqui|en|mas)\b",
    "pinches": r"\b(?:me|te|se|nos|le|les|os|no) pinches\b|\bpinches de cocina",
    "csm": r"\bcsm (?:de|centro|del)\b|\b(?:el|al|del|en|un|mi|tu) csm\b",
    "ctm": r"\b(?:el|al|del|un|de|ai|the) ctm\b",
    "merda": r"\bin bocca\b",
}  # fmt: skip
