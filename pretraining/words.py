"""Word lists of our own: names and units of columns, labels, cell values, and made-up words.

Nothing here is taken from a data set; the lists are broad so that no single table's vocabulary is favoured.
"""

from __future__ import annotations

import numpy as np

NOUNS = """
age weight height width length depth size mass area volume speed pressure temperature humidity voltage current power
energy force angle radius distance time duration date year month week day hour minute second count number total amount
price cost income salary tax rent loan credit balance budget profit sales revenue stock order payment account customer
client user member student teacher school college class course grade score mark test exam level rank position group team
player game match season league city town village country region state district street house home room floor door window
roof wall garden farm field forest river lake sea ocean island mountain hill valley road bridge station port airport
train car bus van truck bike boat ship plane engine motor wheel brake gear fuel oil gas water air wind rain snow sun
moon star sky cloud light dark color shape texture pattern line point circle square edge corner surface layer side top
bottom front back left right center middle inner outer upper lower row column cell table chart graph index ratio rate
percent share part piece unit set list item product brand model type kind style version code label tag name title word
text letter page book paper story news media music song film video image photo camera screen phone computer network
server data file system program method process result value signal noise error risk safety health disease pain fever
blood heart lung liver brain bone skin eye ear hand foot arm leg head face body cell gene protein drug dose treatment
doctor nurse patient hospital visit stage tumor cancer diet sugar salt fat acid alcohol wine beer coffee tea milk bread
meat fish fruit apple berry seed root stem leaf petal flower plant tree grass soil sand clay rock stone metal iron steel
copper gold silver glass wood plastic rubber cotton wool leather fabric shoe shirt coat hat ring watch bag box bottle
cup plate knife tool machine device sensor meter scale clock battery cable pipe valve pump tank filter heater fan lamp
job work worker manager owner boss staff office company firm bank market shop store service industry sector agency law
court police crime army vote party leader king child parent mother father brother sister wife husband friend neighbor
family person people man woman boy girl baby animal dog cat horse cow pig sheep bird hen duck bee ant snake frog lion
bear wolf fox mouse rabbit monkey whale shark spider worm insect species habitat climate season crop yield harvest
education experience skill training language religion culture status purpose reason cause effect change growth loss gain
trend peak mean median range limit target output input feature factor class outcome response decision quality grade
strength hardness density thickness diameter circularity compactness elongation variance skewness kurtosis entropy
frequency amplitude phase cycle period interval delay latency bandwidth memory storage traffic request session click
view rating review comment message email address contact channel campaign
""".split()

ADJECTIVES = """
big small large tiny huge tall short long wide narrow deep shallow high low fast slow early late new old young hot cold
warm cool wet dry hard soft heavy light strong weak thick thin sharp blunt rough smooth clean dirty full empty open
closed free busy rich poor cheap good bad better worse best worst great fine normal abnormal common rare usual unusual
simple complex easy difficult safe dangerous healthy sick happy sad calm angry quiet loud bright dark red green blue
yellow orange purple pink brown black white grey round flat straight curved regular irregular positive negative neutral
true false active inactive on off up down in out major minor primary secondary local global public private single
married divorced widowed male female urban rural domestic foreign northern southern eastern western annual monthly daily
mild moderate severe critical stable unstable mean total average maximum minimum relative absolute
""".split()

LABELS = """
yes no true false on off high low medium good bad pass fail win loss draw positive negative neutral normal abnormal
present absent accept reject safe risk benign malignant healthy sick spam ham male female left right up down none mild
moderate severe small large short long red green blue yellow black white cat dog bird fish horse north south east west
spring summer autumn winter morning noon evening night gold silver bronze iron copper oak pine rose lily tulip wheat
rice corn bus van car truck bike train plane boat alpha beta gamma delta epsilon zeta theta kappa lambda sigma omega
one two three four five six seven eight nine ten zero first second third fourth early late stay leave buy sell hold
open closed active idle light dark hot cold warm cool dry wet poor fair great excellent unknown other balanced
""".split()

VALUES = """
red green blue yellow black white brown grey north south east west center married single divorced widowed teacher nurse
doctor driver farmer engineer clerk student manager worker retired services health home other private public urban rural
primary secondary higher basic none yes no low medium high own rent free male female small large light heavy front rear
gas diesel petrol electric sunny rainy cloudy windy clear card cash loan check monthly yearly weekly daily never rarely
sometimes often always blank square round oval flat smooth rough scaly wood brick stone glass metal plastic paper
""".split()

UNITS = """
cm mm km kg mg ml years months days hours minutes seconds percent degrees dollars euros meters liters grams watts volts
points units pieces times per hour square pixels bytes miles pounds inches feet
""".split()

LANGUAGE = """
the of and to in is it that for was as with are on be this have from or by one had not but what all were when we there
can an your which their said if do will each about how up out them then she he many some so these would other into has
more her two like him see could no make than first been its who now they my made over did down only way find use may
us our very after most before between through where much both any same another because such here why help well also
should every under never always must might few while those left until without again still near against
a i you at me his were does made means given shows gives depends rises falls grows known unknown answer question example
predict row rows column columns value values usually often rarely than larger smaller higher lower equal around
""".split()

ONSETS = ['b', 'br', 'c', 'ch', 'd', 'dr', 'f', 'fl', 'g', 'gr', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'pl', 'r', 's', 'st', 't', 'tr', 'v', 'w', 'z']
VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'io', 'ou']
CODAS = ['', '', '', 'n', 'r', 's', 't', 'l', 'm', 'x', 'nd', 'st', 'ck']


def unique(words: list[str]) -> list[str]:
    """The words in first-seen order, each once."""
    return list(dict.fromkeys(words))


FEATURE_WORDS = unique(NOUNS + ADJECTIVES)
LABEL_WORDS = unique(LABELS + NOUNS[:200] + ADJECTIVES)
VALUE_WORDS = unique(VALUES + LABELS + ADJECTIVES)


def made_up_word(rng: np.random.Generator) -> str:
    """A pronounceable word of one to three syllables that no list holds."""
    syllables = int(rng.integers(1, 4))
    parts = [rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(syllables)]
    return ''.join(parts)


def pick(rng: np.random.Generator, words: list[str]) -> str:
    """One word of the list."""
    return words[int(rng.integers(len(words)))]
