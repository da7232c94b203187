"""Given names, and capitalised words that are no names: what a date stands beside."""

from __future__ import annotations

from typing import Final

GIVEN: Final = frozenset(
    """
    aaron abdul abdullah abigail adam adele adrian agnes ahmad ahmed aidan aileen aisha aisling alan albert alberto
    alejandro alex alexander alexandra
    alfred ali alice alicia alison allan allen alma amanda amelia amina amit amy ana andrea andreas andres andrew
    angela angelina anita anja ann anna anne
    annette anneliese annie anthony antonia antonio aoife april arjun arnold arthur arturo asha ashley audrey barbara
    barry bartosz beatrice beatriz belinda ben
    benjamin bernadette bernard bertha bethany betty beverly bianca bill billy blanca bob bobby bonnie brandon brenda
    brendan brian bridget bruce bruno bryan caitlin
    callum cameron camila carl carla carlos carmen carol carole caroline carolina carolyn catalina catherine cathy
    cecilia charles charlie charlotte chen cheryl chiara
    chloe chris christian christina christine christopher chukwu ciara claire clara clare claudia clive colin colleen
    colm concepcion conor connor craig cristina cynthia
    daisy dale damien dan daniel daniela danielle danny darren dave david dawn dean deborah debbie declan deepa
    deirdre delia denise dennis derek dermot devi diana diane
    diego dinesh dolores dominic donald donna doreen doris dorothy douglas duncan dylan eamon earl ed eddie edith edna
    eduardo edward edwin eileen elaine eleanor elena
    elias elisabeth elizabeth ella ellen elsa elsie emilia emily emma emmanuel enrique eric erika erin ernest
    esperanza esther ethan eugene eva evelyn fatima felipe felix
    fernando fiona florence frances francesca francis francisco frank franz fred freda frederick gabriel gabriela gail
    gareth gary gavin geoff geoffrey george gerald
    gerard giovanni gladys glen glenn gloria gordon grace graham greg gregory greta guadalupe guillermo gwen hamza
    hannah hannelore hans harold harriet harry hassan hazel
    heather hector heidi helen helga henry herbert hilary hilda hiroshi holly howard hugh hugo ian ibrahim ida ignacio
    imran ines inge ingrid irene iris isaac isabel
    isabella isla ivan ivy jack jackie jacob jacqueline jade jaime jake james jamie jan jane janet janice javier jean
    jeanette jeffrey jennifer jenny jeremy jerome
    jerry jesse jessica jesus jill jim jimmy joan joanna joanne joao joe joel johan johanna john johnny jon jonathan
    jordan jorge jose josef josefa joseph josephine
    joshua joy joyce juan juana juanita judith judy julia julian juliana julie julio june justin kamal karen karim
    karl kate katarzyna kate kathleen kathryn kathy katie
    kay kayla keith kelly ken kenneth kerry kevin khalid kieran kim kimberly klaus krzysztof kumar kurt kyle lakshmi
    larry laura lauren laurence lawrence leah lee lena
    leo leon leonard leroy leslie leticia lewis liam ligaya lila lilian lily linda lionel lisa liz lois lola lorenzo
    loretta lorna lorraine louis louise lourdes luca
    lucas lucia lucy luis luisa luke luz lydia lynn mabel maeve magdalena maggie mairead malcolm manuel marc marcel
    marcia marco marcos margaret margarita margit maria
    marian mariana marie marilyn mario marion marisol marjorie mark marta martha martin martina marvin mary mateo
    matilda matthew maureen maurice max maxine megan mei
    melanie melissa mercedes meredith michael michelle miguel mildred miriam mohamed mohammad mohammed moira molly
    monica monika moses muhammad muriel murray mustafa
    myra nadia nancy naomi natalia natalie nathan neil nelson ngozi nia niamh nicholas nick nicola nicolas nicole
    nigel nikhil nina noah noel noor nora norma norman
    nuala oliver olivia olga omar oscar owen pablo paddy padraig pamela paolo pat patience patricia patrick paul paula
    pauline pedro peggy penny pete peter petra phil
    philip philippa phillip phyllis pierre pilar piotr polly pradeep priya rachel rafael raj rajesh ralph ramon ramona
    raquel rashid raul ravi ray raymond rebecca
    regina renate rene rhona ricardo richard rita robert roberta roberto robin rocio rodney rodrigo roger roisin
    roland ronald rosa rosalind rose rosemary ross rosario
    roy ruben ruby rudolf rupert russell ruth ryan sabine sally salma salvador sam samantha samir samuel sandra sanjay
    santiago sara sarah saoirse scott sean sebastian
    sergio seamus shane shannon sharon sheila shirley siobhan sofia sonia sophia sophie stacey stan stanley stefan
    stella stephanie stephen steve steven stewart stuart
    sue sunil sunita susan susana susanne suzanne sven sylvia sylvie tadeusz tamara tania tanya tariq tatiana teresa
    terence teresita terry thandi theodore theresa
    thomas tiffany tim timothy tina tobias todd tom tomas tommy tony tracey tracy trevor trina tyler uche una ursula
    valentina valerie vanessa vera vernon veronica
    vicente vicky victor victoria vijay vikram vincent viola violet virginia vivian wade walter wanda wanjiru warren
    wayne wendy werner wilfred wilhelm will william wilma
    winifred wolfgang xavier yolanda yusuf yvette yvonne zainab zara zoe
    """.split()
)

NO_NAME: Final = frozenset(
    """
    a about after again all also am an and any appointment are as at back bank been before biopsy birthday blood book
    born but by call came cancer card care
    case center centre chemo church city clinic clinical club college consultant council county court cross cycle dad
    date daughter day dear department
    diagnosed diagnosis dob doctor does done dr email emergency everyone father finished first flat for foundation
    friday from full general get girl good got
    had happy has have he hello her hers here hers herself hi him his hodgkin hodgkins home hope hospice hospital
    house how husband i if im in infusion insurance
    into is it its january february march april may june july august september october november december just lady
    last left letter line lives lost love lymphoma
    mam many margaret's me medical medicare melanoma memorial met mom mon monday month mother mr mri mrs ms mum must
    my myeloma name named national new next
    no not november now number nurse of off ok on one onc only or our out over page patient pet please port post prof
    professor proton psa radiation really
    remission research results road room round royal said saint sarcoma saturday saw scan school second see seen sent
    she since sister society some son soon
    stage start started starting street sunday support surgery survivor taken team tell test than thank thanks that
    the their them then there these they thing
    third this those thursday to today told tomorrow too total town trial tuesday two uncle unit university until up
    us very visit wait waiting ward was we
    wednesday week well went were what when where which while who whose why wife will with work year years yes
    yesterday you your
    cisplatin carboplatin oxaliplatin docetaxel paclitaxel taxol taxotere herceptin perjeta kadcyla enhertu keytruda
    opdivo yervoy avastin tamoxifen letrozole
    anastrozole arimidex femara ibrance verzenio kisqali lupron zoladex xtandi zytiga revlimid velcade darzalex
    gleevec imatinib rituximab methotrexate folfox
    folfiri abvd bep dex prednisone neulasta zofran capecitabine xeloda gemcitabine etoposide bleomycin adriamycin
    cytoxan ct
    la el los las un una mi su de en hoy ayer fue nacio nacida nacido enfermera doctora doctor hija hijo madre padre
    lunes martes miercoles jueves viernes
    papa mama npc guy man woman grandson granddaughter grandchild grandchildren twins twin girls boys puppy kitten kitten's wee little big
    surprise first kid kids boy brother mate grandma grandpa nan nana granny aunt auntie cousin niece
    nephew baby both
    """.split()
)
"""Words that begin a sentence, or name a place, a thing or a medicine."""
