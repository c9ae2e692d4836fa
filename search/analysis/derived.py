"""English words made of another by an ending that Porter2 leaves: `decision`, `baker`.

The word they are made of comes first in each line; any form of a later one is found by it,
and finds it. Peoples and their countries are such words, too.
"""

_LINES = """
farm farmer
bake baker bakery
make maker
brew brewer brewery
grow grower growth
teach teacher
write writer
read reader
sing singer song
paint painter
build builder
buy buyer
sell seller sale
trade trader
deal dealer
lend lender loan
print printer
clean cleaner
pack packer
weave weaver
fish fisher fishery
hunt hunter
drive driver
ride rider
sail sailor
win winner
lose loser loss
play player
dance dancer
own owner
lead leader
plan planner
work worker workman workmen
employ employee
pay payer payment
train trainer trainee
learn learner
speak speaker
think thinker
believe belief
know knowledge
decide decision
divide division
provide provision
explode explosive
erode erosion
invade invasion
conclude conclusion
include inclusion
exclude exclusion
expand expansion
extend extension extent
permit permission
admit admission
submit submission
receive reception receipt
describe description
prescribe prescription
subscribe subscription
produce product
reduce reduction
introduce introduction
destroy destruction
explain explanation
maintain maintenance
retain retention
detain detention
solve solution
resolve resolution
evolve evolution
revolve revolution
move mover
prove proof
safe safety
choose choice
marry marriage
bury burial
survive survivor
deny denial
sign signature
mix mixture
fail failure
depart departure
long length lengthen
strong strength strengthen
wide width widen
deep depth deepen
high height heighten
broad breadth broaden
warm warmth
true truth
weigh weight
fly flight
give gift
steal theft
feed food
advise advice
practise practice
analyse analyst
use usage usable user
store storage
short shortage shorten
drain drainage
leak leakage
carry carriage carrier
post postage postal
deliver delivery
recover recovery
discover discovery discoverer
rob robbery robber
machine machinery mechanic
invent inventor
visit visitor
act action
collect collector
edit editor
create creator creation
compete competition competitor
oppose opposition opponent
compose composition
define definition
repeat repetition
add addition
acquire acquisition
inquire inquiry
enter entry
govern governor
treat treatment
settle settlement settler
argue argument
judge judgement judgment
finance financial
invest investor
crime criminal
commerce commercial
music musician
politics politician
technique technical technician
electric electrician
physics physicist
chemist chemistry chemical
astronomy astronomer
photograph photography
geography geographer
history historian historical
library librarian
violin violinist
piano pianist
art artist
science scientist scientific
medicine medical
surgeon surgery surgical
dentist dental
navy naval
centre central
north northern
south southern
east eastern
west western
city citizen
fame famous
religion religious
wood wooden
wool woollen woolen
gold golden
silk silken
dark darken
hard harden
soft soften
weak weaken
free freedom
rain rainy rainfall
snow snowy snowfall
sun sunny
wind windy
cloud cloudy
fog foggy
salt salty
noise noisy
dirt dirty
rust rusty
dust dusty
smoke smoky
bankrupt bankruptcy
private privacy
secret secrecy
frequent frequency
accurate accuracy
able ability
pure purity purify
simple simplicity simplify
clear clarity clarify
scarce scarcity
rare rarity
certain certainty
honest honesty
difficult difficulty
member membership
owner ownership
friend friendship
champion championship
partner partnership
citizen citizenship
neighbor neighbourhood neighborhood
fertile fertiliser
neutral neutralise
modern modernise
heir inherit
please pleasure pleasant
angry anger
hungry hunger
thirsty thirst
succeed success successor
pursue pursuit
complain complaint
respond response
defend defensive
intend intention
consume consumption
redeem redemption
vary variety variation
apply application
multiply multiplication
supply supplier
simplify simplification
qualify qualification
identify identification
satisfy satisfaction
justify justification
classify classification
publish publication
abolish abolition
migrate migrant
infect infectious
elect electoral
antarctica antarctic
israel israeli
palestine palestinian
jordan jordanian
egypt egyptian
lebanon lebanese
syria syrian
iraq iraqi
turkey turkish
greece greek
cyprus cypriot
britain british
england english
scotland scottish
wales welsh
ireland irish
france french
germany german
italy italian
spain spanish spaniard
portugal portuguese
holland dutch netherlands
belgium belgian
switzerland swiss
austria austrian
sweden swedish
norway norwegian
denmark danish
finland finnish
russia russian
ukraine ukrainian
hungary hungarian
romania romanian
china chinese
japan japanese
korea korean
india indian
australia australian
canada canadian
america american
mexico mexican
brazil brazilian
africa african
europe european
asia asian
arabia arab arabian
bengal bengali
rome roman
"""

MADE_OF: tuple[tuple[str, str], ...] = tuple(
    (derived, base)
    for base, *others in map(str.split, _LINES.strip().splitlines())
    for derived in others
)
