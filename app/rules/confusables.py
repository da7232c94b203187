"""Characters of other scripts that look like Latin letters, digits or signs. Made by `app.ops.confusables`; not by hand.

From confusables.txt, Unicode Security Mechanisms for UTS #39, version 13.0.0, reduced to what folds to ASCII.

Copyright © 1991-2020 Unicode, Inc. All rights reserved. Distributed under the Terms of Use in
https://www.unicode.org/copyright.html. Permission is hereby granted, free of charge, to any person obtaining a copy of the
Unicode data files and any associated documentation (the "Data Files") to deal in the Data Files without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute, and/or sell copies of the Data
Files, and to permit persons to whom the Data Files are furnished to do so, provided that either (a) this copyright and
permission notice appear with all copies of the Data Files, or (b) this copyright and permission notice appear in
associated Documentation. THE DATA FILES ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED.
"""

from __future__ import annotations

from typing import Final

ROWS: Final[tuple[tuple[str, str], ...]] = (
    ("'", "˴˶՚՝׳״᳓‘’‛“”‟′″‴‵‶‷⁗〃𖽑𖽒"),
    ("(", "❨❲〔﴾"),
    (")", "❩❳〕﴿"),
    ("*", "٭⁎∗"),
    ("+", "᛭∔➕⨢⨣⨤⨥⨦"),
    (",", "؍٫‚"),
    ("-", "˗۔‐‑‒–⁃−∸➖⨩⨪⸚﹘"),
    (".", "܁܂꘎𐩐𝅭"),
    ("/", "᜵⁁⁄∕╱⟋⧶⧸⼃㇓𝈺"),
    ("10", "⏨"),
    ("2", "ƧƻϨᒿꙄꛯꝚ"),
    ("3", "ƷȜЗҘӠⳌꝪꞫ𑣊𖼻𝈆"),
    ("4", "Ꮞ𑢯"),
    ("5", "Ƽ𑢻"),
    ("6", "бᏮⳒ𑣕"),
    ("7", "𐓒𑣆𝈒"),
    ("8", "Ȣȣଃ𐌚𞣋"),
    ("9", "ⳊꝮ𑢬𑣌𑣖"),
    (":", "˸։׃܃܄ःઃ᛬᠃᠉⁚∶꞉"),
    ("<", "˂‹❮𝈶"),
    ("=", "᐀≐≑≗≙≚≞⩮⹀゠꓿"),
    (">", "˃›❯𝈷"),
    ("?", "ꛫ"),
    ("a", "ɑΑαАаᎪᗅẚ⍶⍺ꓮꭺ𐊠𖽀𝚨𝛂𝛢𝛼𝜜𝜶𝝖𝝰𝞐𝞪"),
    ("aa", "Ꜳꜳ"),
    ("ae", "ÆæӔӕ"),
    ("ao", "Ꜵꜵ"),
    ("ar", "🜇"),
    ("au", "Ꜷꜷ"),
    ("av", "ꜸꜹꜺꜻ"),
    ("ay", "Ꜽꜽ"),
    ("b", "ƄΒБВЬвѢѣҌҍᏏᏴᏼᑲᑳᒈᖯᗷꓐꞴ𐊂𐊡𐌁𝚩𝛣𝜝𝝗𝞑"),
    ("bl", "Ы"),
    ("c", "ɛεϲϵϹЄСсєҪҫԑᏟ⋴⍷ⲈⲉⲤⲥꓚꮛꮯ𐊢𐌂𐐕𐐩𐐽𐔜𑣎𑣲𝛆𝛜𝜀𝜖𝜺𝝐𝝴𝞊𝞮𝟄🅮🝌"),
    ("d", "ÐƉԁᎠᏧᑯᒇᗞᗪꓒꓓꭰ"),
    ("dz", "ʣʥ"),
    ("e", "ΕЕеҽҿᎬ℮⋿ⴹꓰꬲꭼ𐊆𑢦𑢮𝚬𝛦𝜠𝝚𝞔"),
    ("f", "Ϝքᖴẝꓝꬵ𐊇𐊥𐔥𑢢𑣂𝈓𝟊"),
    ("g", "ƍɡԌԍցᏀᏳᏻᶢꓖꮐ"),
    ("h", "ΗНнћҢңһӇӈӉӊհᎻᏂᏲᕼᵸⲎꓧꚕꮋ𐋏𝚮𝛨𝜢𝝜𝞖"),
    ("i", "ıɩιіӏᎥᵻᵼι⍳⍸ꙇꭵ𑣃𝚤𝛊𝜄𝜾𝝸𝞲"),
    ("j", "ͿϳЈјᎫᒍꓙꭻ"),
    ("k", "ΚКҚҞᏦᛕⲔꓗ𐔘𝚱𝛫𝜥𝝟𝞙"),
    ("l", "ƖǀΙІӀ׀וןױإاٳߊᏞᒪᛁ∣⏽ⲒⳐⳑⵏꓡꓲꮮﴼﴽﺇﺈﺍﺎ￨𐊊𐌉𐌠𐐛𐑃𐔦𑢣𑢲𖼖𖼨𝈪𝚰𝛪𝜤𝝞𝞘𞣇𞸀𞺀"),
    ("ll", "ǁװ‖∥𐆙"),
    ("lls", "𐆘"),
    ("lo", "Ю"),
    ("ls", "ʪ"),
    ("lz", "ʫ"),
    ("m", "ΜϺМӍᎷᗰᛖⲘꓟ𐊰𐌑𑜀𝚳𝛭𝜧𝝡𝞛"),
    ("mb", "🝫"),
    ("n", "ŉΝηոռⲚꓠ𐆎𐔓𝚴𝛈𝛮𝜂𝜨𝜼𝝢𝝶𝞜𝞰"),
    ("o", "ɵΘΟθοσϑϴОоѲѳӨөՕօסهھہەۿଠంಂംഠංဝჿዐᎤᎾᏫᴑ⊖⊝⍬Ⲟⲟⴱⵁⵔ〇ꓳꬽꬾꭴꮎꮻﮦﮧﮨﮩﮪﮫﮬﮭﳙﻩﻪﻫﻬ𐊒𐊫𐐄𐐬𐓂𐓪𐔖𑢵𑣈𑣗𝈚𝚯𝚶𝚹𝛉𝛐𝛔𝛝𝛩𝛰𝛳𝜃𝜊𝜎𝜗𝜣𝜪𝜭𝜽𝝄𝝈𝝑𝝝𝝤𝝧𝝷𝝾"),
    ("o", "𝞂𝞋𝞗𝞞𝞡𝞱𝞸𝞼𝟅𞸤𞹤𞺄🜔"),
    ("oe", "Œœɶ"),
    ("oo", "∞ꚘꚙꝎꝏ"),
    ("p", "ΡρϱРрᏢᑭᒆᴩ⍴Ⲣⲣꓑꮲ𐊕𝚸𝛒𝛠𝛲𝜌𝜚𝜬𝝆𝝔𝝦𝞀𝞎𝞠𝞺𝟈"),
    ("q", "ԛգզᶐⵕ"),
    ("qe", "🜀"),
    ("r", "ƦгґғᎡᏒᖇᴦⲅꓣꭇꭈꭱꮁꮢ𐒴𖼵𝈖"),
    ("s", "ƽЅѕՏᏕᏚꓢꮪ𐊖𐐠𐑈𑣁𖼺"),
    ("sss", "🝜"),
    ("t", "ΤτТтҬҭᎢᎿ⊤⍡⟙Ⲧꓔꭲ𐊗𐊱𐌕𑢼𖼊𝚻𝛕𝛵𝜏𝜯𝝉𝝩𝞃𝞣𝞽🝨"),
    ("t3", "Ꜩ"),
    ("tc", "ʨ"),
    ("tf", "ꝷ"),
    ("ts", "ʦ"),
    ("u", "ɄυՍսሀᏌᑌᑧᵾ∪⋃ꓴꞟꮜ𐓎𐓶𑢸𑣘𖽂𝛖𝜐𝝊𝞄𝞾"),
    ("ue", "ᵫ"),
    ("uo", "ꭣ"),
    ("v", "νѴѵטᏙᐯ∨⋁ⴸꓦꛟꮩ𐆗𐔝𑜆𑢠𑣀𖼈𝈍𝛎𝜈𝝂𝝼𝞶🜈"),
    ("vb", "🝬"),
    ("w", "ɯѡѽԜԝաᎳᏔꓪꝡꮃ𑓅𑜊𑜎𑜏𑣯"),
    ("x", "×ΧХхҲᕁᕽ᙭᙮ᚷ╳⤫⤬⨯⨰ⲬⵝꓫꞳ𐆖𐊐𐊴𐌗𐌢𐔧𑣬𝚾𝛸𝜲𝝬𝞦"),
    ("y", "ɣΥγϒУуҮүҰұყᎩᎽℽⲨꓬ𐊲𑢤𑣜𖽃𝚼𝛄𝛶𝛾𝜰𝜸𝝪𝝲𝞤𝞬"),
    ("z", "ΖᏃꓜꮓ𐋵𑢩𑣄𝚭𝛧𝜡𝝛𝞕"),
    ("~", "⁓∼⍨⩪⸞⸟"),
)
"""(what it looks like, the characters)."""
