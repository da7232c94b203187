"""What the words of cancer talk are about.

Each known word stands for a concept, so that what was learned of one medicine or symptom holds for the next.

Words are in folded form. The lists are of general knowledge (names of medicines by their generic and usual trade names);
endings such as -mab and -nib are those of the WHO's international nonproprietary names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_ROWS: Final = """
DRUG: abiraterone abraxane ac actemra adriamycin afinitor akynzeo alimta aloxi amitriptyline amlodipine anastrozole
DRUG: antibiotic antibiotics antihistamine aranesp arimidex aromasin aspirin ativan atezolizumab avastin azacitidine bcg
DRUG: benadryl bendamustine bicalutamide bleomycin botox buprenorphine cabometyx capecitabine carbo carboplatin casodex
DRUG: cbd chemo chemotherapy cipro cisplatin claritin clexane codeine compazine cytoxan dacarbazine darzalex dasatinib
DRUG: decadron denosumab dex dexa dexamethasone dilaudid docetaxel doxorubicin doxy duloxetine durvalumab eliquis emend
DRUG: enhertu entyvio enzalutamide epirubicin epo erbitux erleada etoposide exemestane faslodex fec femara fentanyl
DRUG: filgrastim flagyl fluconazole fludarabine folfiri folfirinox folfox fosamax fulvestrant furosemide gabapentin
DRUG: gemcitabine gemzar gleevec goserelin granisetron haloperidol heparin herceptin hormones hydrocodone hydromorphone
DRUG: hydroxyurea ibrance ibuprofen ifosfamide imatinib imfinzi immuno immunotherapy imodium insulin ipilimumab irinotecan
DRUG: jakafi kadcyla keppra keytruda kisqali kyprolis laxative laxatives lenalidomide letrozole leucovorin leuprolide
DRUG: lexapro loperamide lorazepam lovenox lupron lynparza lyrica magnesium mabthera medrol meloxicam mesna metformin
DRUG: methadone methotrexate metoclopramide miralax mirtazapine mitomycin morphine motrin movicol mtx naproxen neulasta
DRUG: neupogen nivolumab nolvadex nplate octreotide ofev olanzapine olaparib omeprazole oncaspar ondansetron opdivo
DRUG: oxaliplatin oxali oxy oxycodone oxycontin oramorph paclitaxel palbociclib pantoprazole paracetamol pembro
DRUG: pembrolizumab percocet perjeta pertuzumab phenergan pill pills platinum pomalyst pred prednisone prednisolone
DRUG: pregabalin prilosec prolia prozac radium revlimid rituxan rituximab rchop sandostatin senna sertraline
DRUG: statin statins steroid steroids stelara sunitinib sutent tablet tablets tagrisso tamoxifen tasigna tax taxol taxotere
DRUG: tchp tecentriq temodar temozolomide thalidomide tks topotecan tramadol trastuzumab trazodone trodelvy tukysa
DRUG: tylenol valium vancomycin velcade venlafaxine verzenio vicodin vincristine vinorelbine warfarin xanax xeloda xarelto
DRUG: xgeva xtandi yervoy zejula zofran zoladex zoledronic zometa zoloft zytiga inhibitor blocker antidepressant
DRUG: quimio quimioterapia pastilla pastillas tamoxifeno letrozol anastrozol paracetamol ibuprofeno nolotil morfina
DRUG: dexametasona corticoides cortisona capecitabina oxaliplatino cisplatino carboplatino omeprazol antibiotico
DRUG: antibioticos inmunoterapia hormonas gotas comprimidos comprimido jarabe parche parches metamizol tramadol
SUPPLEMENT: turmeric curcumin ginger ginseng mushrooms mushroom chaga reishi echinacea selenium zinc vitamin vitamins
SUPPLEMENT: melatonin probiotic probiotics collagen keto fasting cannabis thc marijuana weed oil oils tea teas herb herbs
SUPPLEMENT: herbal juice juicing alkaline soda ivermectin fenbendazole dmso laetrile apricot kernels soursop graviola
SUPPLEMENT: essiac mistletoe homeopathy homeopathic frankincense moringa spirulina wheatgrass detox cleanse enema enemas
SUPPLEMENT: supplement supplements sugar dairy carbs vegan diet gerson rsl rso ashwagandha biotin quercetin omega
SUPPLEMENT: curcuma jengibre guanabana moringa vitaminas dieta azucar bicarbonato hierbas infusion te aceite marihuana
SUPPLEMENT: uncaria graviola ajo limon suplemento suplementos hongos ayuno sabila noni
TREATMENT: radiation rads radiotherapy surgery op lumpectomy mastectomy bmx dmx mx lobectomy whipple hysterectomy
TREATMENT: prostatectomy colectomy colostomy ileostomy stoma transplant sct bmt cart infusion infusions cycle cycles round
TREATMENT: rounds dose doses port picc line tube drain drains expander expanders implant implants biopsy scan pet mri ct
TREATMENT: trial injection injections shot shots jab vaccine booster transfusion dialysis brachytherapy proton cyberknife
TREATMENT: ablation reconstruction recon diep catheter nephrostomy stent treatment treatments therapy trt tx sesion
TREATMENT: radio radioterapia cirugia operacion trasplante ciclo ciclos sesiones dosis puerto sonda cateter tratamiento
TREATMENT: mastectomia colostomia bolsa vacuna suero infusiones
SYMPTOM: ache aches aching anemia anaemia anc appetite bald baldness bleed bleeding bled blister blisters bloated bloating
SYMPTOM: blurry bone bruise bruises bruising burn burned burning burns burnt chills clot clots cold constipated constipation
SYMPTOM: cough coughing cramp cramps cramping deaf diarrhea diarrhoea dizzy dizziness dry dryness dvt exhausted exhaustion
SYMPTOM: eyebrows eyelashes fatigue fatigued fever feverish flush flushes flashes foggy fog gag hair headache headaches
SYMPTOM: heartburn hiccups hives hoarse hot infection inflamed inflammation insomnia itch itching itchy joint joints jaundice
SYMPTOM: lightheaded lymphedema lymphoedema metallic migraine mucositis nausea nauseous nauseated necrosis neuropathy
SYMPTOM: neutropenia neutropenic neutrophils neuts numb numbness pain painful pains palpitations peeling peeled piles
SYMPTOM: platelets pneumonitis puffy puking purple rash rashes raw reaction red ringing sepsis shaking shivering shingles sick
SYMPTOM: sores sore spasms stiff stiffness stinging stomach swell swelling swollen sweats sweating taste thrush tingling
SYMPTOM: tinnitus tired tremor tremors ulcer ulcers vomit vomited vomiting weak weakness weight wheezing wiped yellow
SYMPTOM: breathless seizure fainted collapsed confused confusion fistula incontinence leaking osteoporosis menopause
SYMPTOM: nauseas vomito vomitos vomitando diarrea estrenimiento fiebre escalofrios dolor dolores duele duelen llagas
SYMPTOM: cansancio cansada cansado mareo mareos mareada hormigueo hormigueos sarpullido ronchas picor comezon hinchazon
SYMPTOM: hinchado hinchada hinchados hinchadas hinchadisimo neuropatia sofocos bochornos calambres ardor quemadura
SYMPTOM: quemada quemado caida pelo cabello pestanas cejas unas anemia plaquetas defensas entumecidos entumecidas
BODY: arm arms back bowel breast breasts butt chest ear ears eye eyes face feet fingers foot gums hand hands head heart kidney
BODY: kidneys leg legs lips liver lung lungs mouth nail nails neck nose rectum scalp shoulder skin stomach teeth throat
BODY: toe toes tongue tummy belly vagina gut guts ribs ankle ankles wrist knee knees hip hips nipple groin
BODY: boca manos pies piel cara lengua garganta brazo brazos pierna piernas barriga estomago pecho espalda cabeza ojos dedos
CLINICIAN: doctor doctors doc docs dr onc oncologist oncs nurse nurses surgeon gp physician consultant pharmacist pharmacy
CLINICIAN: team hematologist haematologist radiologist urologist er ed triage hotline clinic hospital ward dietitian
CLINICIAN: doctora medico medica medicos oncologo oncologa enfermera enfermero enfermeras cirujano hospital urgencias farmaceutico
KIN: mum mom mam mama dad papa father mother husband wife hubby dh partner son daughter sister brother nan gran grandma
KIN: grandad grandpa aunt auntie uncle cousin kid kids baby child boy girl friend neighbour neighbor bf gf fiance
KIN: madre padre esposo esposa marido mujer hijo hija hermana hermano abuela abuelo tia tio prima primo amiga amigo novio
TAKE: take takes taking try trying use using start starting double halve half skip skipping drop stop stopping quit cut
TAKE: reduce lower increase up add switch swap ditch bin pop wean taper chew rub apply put mix hold pause delay cancel
TAKE: refuse decline avoid ask demand get eat drink swallow inject
TAKE: toma tome tomate tomese prueba pruebe deja deje dejate suspende suspenda ponte pongase bebe evita evite sube baja
TAKE: duplica salta saltate cambia quita quitale dale dele anade corta come untate pide exige
TOOK: took tried used started stopped quit skipped dropped halved doubled switched ditched swapped weaned tapered
TOOK: tome probe deje empece suspendi
SHOULD: should shouldnt must need needs gotta better best oughta ought recommend recommended suggest advise id consider
SHOULD: debes deberias debe deberia tienes tienen hay conviene recomiendo aconsejo
MONEY: $ £ € usd price prices discount sale off deal code coupon voucher free shipping order orders buy sell selling sold
MONEY: shop store etsy amazon website site link bio dm pm inbox instagram insta facebook tiktok youtube channel subscribe
MONEY: podcast book ebook course coaching coach coaches consultation booking book appointment spots places tickets raffle
MONEY: donate donation donations fundraiser gofundme crowdfunding venmo paypal cashapp zelle bitcoin btc crypto wallet gift
MONEY: card cards wire transfer western union gcash loan investment invest profit deposit fee pay payment earn
MONEY: oferta descuento vendo venta precio promocion envio pedidos enlace tienda donar donacion rifa bizum yape tarjeta
MONEY: compra compren sorteo curso taller colecta transferencia deposito whatsapp
CURE: cure cures cured curing miracle miracles heal healed heals healing shrink shrank melts dissolve kills pharma hide hiding
CURE: hidden secret suppressed truth cura curo curado milagro milagroso curan ocultan sana sano sanar
DIE: die dies dying died dead death kill killed killing suicide suicidal end ending alive live living gone goodbye bye
DIE: overdose hang jump gun rope bridge razor pills burden disappear peace grave funeral hospice
DIE: morir morirme muero muerte matarme matar suicidarme suicidio vivir viva adios carga estorbo desaparecer despedirme
INSULT: idiot idiots stupid moron dumb pathetic loser losers ugly fat lazy selfish whiny whiner whining attention liar fake
INSULT: faking drama disgusting trash garbage clown crybaby snowflake brainless clueless dense thick useless worthless
INSULT: idiota estupida estupido tonta tonto inutil ridicula ridiculo gorda gordo payasa payaso mentirosa mentiroso asco
INSULT: ignorante burra burro vaga patetica patetico imbecil tarada tarado pesada
YOU: you your youre yours u ur ya yall yer yourself ye tu tus usted ustedes te ti vos vosotros vuestra su
ME: i im ive my me mine myself id ill we our us yo mi mis me conmigo nos nuestra nuestro
NOT: not no dont doesnt didnt isnt wasnt wont cant never none nothing nor without neither nunca nada sin tampoco ni
"""

_ENDINGS: Final = re.compile(
    r"[a-z]{3,}(?:mab|nib|nibs|ciclib|parib|platin|taxel|rubicin|setron|relin|lutamide|mycin|prazole|sartan|statin|olol"
    r"|cillin|azole|dronate|dronic|zumab|ximab|tinib|trexate|tabine|zomib|domide|terone|limus|profen|codone|morphone"
    r"|zepam|zolam|oxetine|triptyline|gabalin|pril|ergol|astim|poetin|platino|taxel|rubicina|ciclina|parina)\b"
)
_AMOUNT: Final = re.compile(r"\d+(?:[.,]\d+)?(?:mg|mcg|ml|g|mgs|iu|units|cc|x)?")


def _table(rows: str) -> Mapping[str, str]:
    table: dict[str, str] = {}
    for row in filter(None, rows.split("\n")):
        concept, _, words = row.partition(":")
        for word in words.split():
            table.setdefault(word, concept)
    return table


CONCEPTS: Final = _table(_ROWS)


@lru_cache(maxsize=50_000)
def concept(word: str) -> str:
    """The concept that a folded word stands for, `NUMBER` for an amount, or the word itself."""
    known = CONCEPTS.get(word)
    if known:
        return known
    if word[0].isdigit():
        return "NUMBER" if _AMOUNT.fullmatch(word) else "CODE"
    return "DRUG" if len(word) > 5 and _ENDINGS.fullmatch(word) else word  # noqa: PLR2004  no shorter name has one
