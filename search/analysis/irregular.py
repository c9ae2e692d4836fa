"""English words whose forms no rule of endings joins: `wrote`, `women`, `colour`.

The regular form comes first in each line; every other word of the line may stand for it.
"""

_LINES = """
arise arose arisen
eat ate eaten
become became
begin began begun
bend bent
bite bit bitten
blow blew blown
breed bred
break broke broken
bring brought
build built
burn burnt
buy bought
come came
catch caught
choose chose chosen
creep crept
deal dealt
do did done
drink drank
draw drew drawn
drive driven drove
dig dug
feed fed
fall fallen fell
feel felt
flee fled
fly flew flown
forbid forbade forbidden
forget forgot forgotten
fight fought
find found
freeze froze frozen
give gave given
go gone went
get got gotten
grow grew grown
have had has
hear heard
hold held
hide hid hidden
hang hung
keep kept
know knew known
lay laid
lead led
leave left
lend lent
light lit
lose lost
make made
mean meant
meet met
mistake mistook
overcome overcame
pay paid
run ran
ring rang
ride ridden rode
rise risen
say said
sing sang sung
sink sank sunk
sit sat
see saw seen
send sent
sew sewn
shake shaken shook
shine shone
shoot shot
show shown
shrink shrank shrunk
sleep slept
slide slid
sell sold
seek sought
sow sown
spend spent
speak spoke spoken
spring sprang
spin spun
steal stole stolen
stand stood
strike struck
stick stuck
swim swam swum
sweep swept
swear swore sworn
swing swung
take taken took
teach taught
think thought
throw threw thrown
tell told
tear tore torn
undertake undertook
understand understood
be was were been is are
wake woke woken
win won
wear wore worn
weave wove woven
write wrote written
withdraw withdrew withdrawn
child children
foot feet
goose geese
half halves
knife knives
leaf leaves
life lives
loaf loaves
man men
mouse mice
ox oxen
person people
self selves
shelf shelves
tooth teeth
thief thieves
wife wives
wolf wolves
woman women
calf calves
criterion criteria
phenomenon phenomena
analysis analyses
crisis crises
lorry lorries
tire tyres tyre
ton tonnes tonne
gray grey
meter metres metre
liter litres litre
center centres centre
color colours colour
labor labour
fiber fibre fibres
program programmes programme
jewelry jewellery
aluminum aluminium
theater theatre theatres
neighbor neighbours neighbour
flavor flavour flavours
harbor harbour
plow plough
yogurt yoghurt
mold moulds mould
catalog catalogue catalogues
defense defence
license licence licences
"""

REGULAR: dict[str, str] = {
    irregular: regular
    for regular, *others in map(str.split, _LINES.strip().splitlines())
    for irregular in others
}
