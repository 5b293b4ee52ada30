"""The vocabulary: words and phrases that say the same, and words that need no support.

Data in the form of text. Each line of the groups has a concept, a colon, and the forms that stand for it.
"""

from __future__ import annotations

GROUPS = """
keep: keep keeps kept keeping retain retains retained retaining retention maintain maintains maintained
 maintaining maintenance preserve preserved preserving hold holds holding held
provide: deliver delivers delivered provide provides provided providing furnish furnishes furnished
 furnishing supply supplied submit submits submitted submitting submission
send: send sends sent sending dispatch dispatched
produce: produce produces produced producing production
render: render renders rendered rendering
issue: issue issues issued issuing issuance issuer issuers
sign: sign signs signed signing signature signer signatures
complete: complete completes completed completing completion finish finishes finished finishing
pay: pay pays paid paying payment payments
liquidate: liquidate liquidated liquidation liquidates liquidating
reliquidate: reliquidate reliquidated reliquidation
entry: entry entries entered enter entering enters
import: import imports imported importing importation importations
export: export exports exported exporting exportation exportations
importer: importer importers
exporter: exporter exporters
maker: producer producers manufacturer manufacturers
file: file files filed filing filings
filer: filer filers
receive: receive receives received receiving receipt
revoke: revoke revokes revoked revoking revocation
remove: remove removes removed removing removal
admit: admit admits admitted admitting admission
withdraw: withdraw withdraws withdrawn withdrawing withdrawal withdrawals
redeliver: redeliver redelivered redelivery
release: release releases released
implement: implement implements implemented implementing implementation
create: create creates created creating creation
demand: demand demands demanded demanding
request: request requests requested requesting
notice: notice notices notification notify notifies notified notifying
assess: assess assessed assessing assessment levy levies levied impose imposed imposes imposing imposition
 charged charge
prescribe: prescribe prescribes prescribed prescribing stipulate stipulated
specify: specify specifies specified
oblige: oblige obliges obliged obligation obligate obligated duty duties bind binds
cause: cause causes caused causing
control: control controls controlled controlling
govern: govern governs governed governing prevail prevails
approve: approve approves approved approving approval
explain: explain explains explained explaining explanation
describe: describe describes described describing description
show: show shows showed shown showing prove proves proved demonstrate demonstrates demonstrated
follow: follow follows followed
limit: limit limits limited limiting limitation restrict restricts restricted restriction cap caps capped
 ceiling ceilings confine confined
differ: differ differs different differently differing
relate: relate relates related relating pertain pertains pertained pertaining regarding regard regards
 concerning concern concerns concerned connection connected respect associated
agree: agree agrees agreed
waive: waive waives waived waiving waiver
examine: examine examines examined examining examination examinations
inspect: inspect inspects inspected inspection
summon: summon summons summoned summonses
owner: owner owners
buyer: purchaser purchasers buyer buyers
consignee: consignee consignees
broker: broker brokers
carrier: carrier carriers
claim: claim claims claimant claimants claimed claiming
secretary: secretary secretaries
agent: agent agents
proprietor: proprietor proprietors
operator: operator operators
auditor: auditor auditors
commissioner: commissioner
applicant: applicant applicants
country: country countries
afterwards: afterwards afterward thereafter subsequently
recordkeeper: recordkeeper recordkeepers
participant: participant participants
witness: witness witnesses
cease: cease ceases ceased ceasing
court: court courts
officer: officer officers
director: director
usmca: usmca
nafta: nafta
chile: chile chilean
cafta: cafta cafta-dr
peru: peru peruvian ptpa
korea: korea korean kfta ukfta korus
colombia: colombia colombian ctpa
panama: panama panamanian pantpa
canada: canada canadian
singapore: singapore
australia: australia australian
morocco: morocco moroccan
bahrain: bahrain
oman: oman ofta
jordan: jordan
israel: israel
mexico: mexico mexican
certificate: certificate certificates certification certifications certify certifies certified
invoice: invoice invoices
record: record records
recordkeeping: recordkeeping record-keeping
document: document documents documentation paperwork
good: good goods merchandise article articles product products item items
higher: higher greater larger bigger greatest highest
lesser: lesser less lower smaller lowest least
later: later
latest: latest
earlier: earlier sooner earliest
longer: longer
shorter: shorter
willful: willful willfully wilful wilfully willfulness
negligent: negligent negligence negligently
knowing: knowing knowingly knowledge know knows
intentional: intentional intentionally
current: current currently today now present-day nowadays
former: former formerly previously
all: all every everything entire whole universal
only: only solely exclusively alone
original: original originals
origin: origin originating
regulation: regulation regulations regulatory
law: law laws legal lawful
statute: statute statutory statute's
writing: writing written
electronic: electronic electronically
oral: oral orally verbal verbally
conference: conference conferences
penalty: penalty penalties penalized penalize penalise penalizes penalises punish punishes
 punishing fine fines punished
criminal: criminal prosecution crime
month: monthly month
yearly: yearly annually annual
mandatory: mandatory compulsory
include: include includes included including inclusion
first: first initial
last: last final finally
storage: storage store stores stored storing
warehouse: warehouse warehouses
exempt: exempt exempts exempted exemption
allow: allow allows allowed permit permits permitted permission
proceed: proceeding proceedings
deny: deny denies denied denial
appeal: appeal appeals appealed
format: format formats
transport: transport transports transported transportation
place: place places placed placing
authority: authority authorities power powers authorize authorized
shipping: shipping shipment shipments ship shipped
distant: distant distance away
person-audited: audited
begin: begin begins began begun commence commences commenced
test: test tests tested testing
compel: compel compels compelled
separate: separate separately distinct
subject: subject
name: name names named
lose: loss lost lose loses
back-up: back-up backup
voluntary: voluntary voluntarily
participate: participate participates participation participating
appear: appear appears appearance
obtain: obtain obtained obtains acquire acquires acquired acquiring
occur: occur occurs occurrence
law-firm: firm
destroy: destroy destroys destroyed destroying destruction
immediate: immediate immediately
activity: activity activities
serve: serve served serves serving service
mail: mail mailed mailing
expire: expire expires expired expiration expiry
make: make makes made making
decide: decide decides decided decision decisions
respond: respond responds response responses answer answers answered reply
disclose: disclose discloses disclosed disclosure tell tells told inform informs informed advise advises
 advised
testimony: testimony testify testifies testifying
copy: copy copies reproduction reproductions
preclude: preclude precludes precluded prevent prevents prevented stop stops bar bars
comply: comply complies complied complying compliance obey obeys obeyed obeying
bear: bear bears borne
reach: reach reaches reached
preliminary: preliminary
ask: ask asks asked asking
available: available availability
depend: depend depends depended depending hinge hinges turn turns
support: support supports supporting supported
enough: enough suffice suffices sufficient
review: review reviews reviewed reviewing
violate: violate violates violated violating violation violations breach breaches breached
accurate: accurate accurately accuracy
correct: correct corrects corrected correctly correction corrective
contest: contest contests contested contesting challenge challenges challenged challenging dispute
 disputes disputed
stay: stay stays stayed staying suspend suspends suspended
inference: inference infer infers inferred inferring
evidence: evidence proof
satisfy: satisfy satisfies satisfied satisfying satisfaction satisfactory
reduce: reduce reduces reduced reducing reduction
identify: identify identifies identified identifying identification
warn: warn warns warned warning
execute: execute executes executed executing execution perform performs performed performance
retrieve: retrieve retrieves retrieved retrieving retrieval
amend: amend amends amended amending amendment amendments mend mended
extra: additional extra further
conceal: conceal conceals concealed concealing concealment hide hides hidden
qualify: qualify qualifies qualified qualifying qualification
force: force
offset: offset offsets offsetting
traveler: traveler travelers traveller travellers
mistake: mistake mistakes mistaken error errors
prohibit: prohibit prohibits prohibited prohibiting prohibition forbid forbids forbidden
purchase: purchase purchases purchased purchasing buy buys bought
evade: evade evades evaded evasion
""".strip()

#: Phrases read as one word; longest first. The right side is a word of the groups or its own concept.
PHRASES = {
    r"customs brokers?|customhouse brokers?": "broker",
    r"customs laws?": "customs-law",
    r"customs territory": "territory",
    r"customs bonds?": "bond",
    r"customs custody|cbp custody": "custody",
    r"customs regulations?": "regulation",
    r"customs auditors?|cbp auditors?": "auditor",
    r"customs officers?": "officer",
    r"customs service|u\.s\. customs and border protection|cbp(?:'s)?|customs(?:')?": "cbp",
    r"general recordkeeping penalty": "general-penalty",
    r"packing lists?": "packing-list",
    r"powers? of attorney": "power-of-attorney",
    r"foreign[- ]trade zones?": "ftz",
    r"acts? of god": "act-of-god",
    r"ordinary course of business|course of business|ordinarily": "ordinary-course",
    r"taken? part|takes part|taking part": "participate",
    r"in lieu of|instead of|in place of": "instead",
    r"in addition to|on top of|besides": "addition",
    r"whether or not|regardless of(?: whether)?|irrespective of|even (?:if|where|when)": "evenif",
    r"retention periods?|periods? of retention": "period",
    r"u\.s\.|united states|american": "us",
    r"closing conferences?": "conference",
    r"of (?:any|every|whatever|all) kinds?": "any-kind",
    r"(?:only|merely|simply) limits?": "limit",
    r"entry-related": "entry",
    r"of (?:the|these) two|of two": "of",
    r"in response to|in answer to": "to",
    r"hard[- ]cop(?:y|ies)(?: reproductions?)?": "copy",
    r"per release": "each release",
    r"every year|each year": "yearly",
    r"advance written|in advance": "advance",
    r"hand(?:ed|s|ing)? over": "provide",
    r"north american free trade agreement": "nafta",
    r"united states-canada free-trade agreement": "canada",
    r"(?:enter(?:s|ed)?|came|comes?|went) into (?:force|effect)|(?:took|takes?|taken) effect": "force",
    r"(?:stops?|ceases?|ceased) (?:having effect|to have effect|to be effective|to apply)": "cease force",
    r"fixed dates?": "fixed-date",
    r"(?:includ(?:e|es|ing)|contains?),? but (?:(?:is|are) )?not limited to": "include",
    r"as well as": "and",
    r"in order to": "to",
    r"as far as possible|to the extent possible|so far as possible|where possible": "extent-possible",
    r"carr(?:y|ies|ied|ying) out": "execute",
    r"in full": "entire",
    r"set(?:s|ting)? (?:out|forth)|la(?:ys?|id) (?:out|down)": "set",
    r"on time|in time|timely": "timely",
    r"e-mail(?:ed|s)?|emailed": "email",
    r"nor(?:th)? carolina": "carolina",
    r"date of issue|issue date|date of its issuance": "issue",
    r"entry date": "entry",
    r"machine[- ]readable": "machine-readable",
    r"column 1 special rates?": "column-1-special",
    r"column 1 general rates?": "column-1-general",
    r"column 2 rates?(?: of duty)?": "column-2",
    r"no-one|no one": "nobody",
    r"free of duty and tax|duty[- ]free": "free-of-duty",
    r"the date (?:it|the demand|the notice) bears|the date on it": "own-date",
    r"(?:the )?(?:demand|notice) letters?": "own-date",
    r"unpaid": "not pay",
    r"unrelated": "not relate",
    r"in (?:every|any|all) cases?|without exception|in all events|at all times|always": "universally",
    r"rather than": "not",
    r"no longer": "former",
    r"as (?:much|many) as": "up to",
}

#: Words that need no support: grammar, and verbs so general that what they join is checked instead.
NEUTRAL = frozenset(
    """a an the this that these those such same it its itself they them their he his who whom whose which
    what whoever whichever there here one ones of in on at to by for with within from into under over
    upon through throughout up down out off as than then so too also and or but nor yet both either if
    when where while whereas once because since until unless except though although after before during
    between among against about per via toward towards along following prior preceding is are was were
    be been being am do does did done doing have has had having will would may might can could must
    shall should need needs ought not no never neither none nobody nothing fail fails failed failing
    failure failures without cannot otherwise any each anyone anybody everyone everybody somebody
    someone person persons party parties people other others another own take takes taken get gets put
    go goes come comes become run runs running count counts counted counting start starts started
    starting begin-on end ends ended pass passes passed elapse elapsed set sets setting fix fixes fixed
    give gives given giving gave apply applies applied applicable application-of result results resulted
    resulting lead leads leading arise arises draw draws carry carries owe owes liable liability cost
    mean means meaning say says said state states stated provision-of require required requires
    requiring requirement period periods time times date dates day days year years manner way ways basis
    case cases amount amounts sum number matter purpose purposes type types thing things rule rules
    section subsection paragraph part title chapter provision provisions treated treat regarded deemed
    act actually accordance pursuant according subject respectively merely mere just simply likewise
    similarly equal equals namely called therefore thus hence still even nevertheless however only-as
    himself themselves total like unlike whatever additional-as remain remains accordingly again ahead
    already altogether aside basically belong belongs bring brings brought call calls chance clear
    clearly clock consist consists contain contains context deadline deal deals determine determines
    determined directly duration effect effectively ensure ensures event events exist exists expect
    expects expressly extent face faces faced facing fact figure find finds found flow flows generally
    happen happens happened incur incurs incurred indeed instance intend involve involves involved
    involving kind length lie lies list lists listed look main mention mentions mentioned moment
    moreover nature notably occasion onward onwards owing particular point possible reason refer refers
    referred referring reflect reflects rest role scope seek seeks similar situation span speak speaks
    stand stands stretch suppose term terms text thereby together trigger triggers triggered undergo use
    uses used using view wait word words work works calculate calculated calculates compute computed
    reckoned attach attaches attached attract attracts exposed expose exposes responsible latter measure
    measures measured fall falls fell whether example else extend extends extended cover covers covered
    covering back how long form well effective gone
    much many far want wants wanted wanting wish wishes acting commit commits committed committing describes
    relevant corresponding question wording language individual individuals entity entities located location
    situated put puts putting brought timeframe having took taking overall whereby alike intends intended rely
    relies relied relying remains involves dealing handle handles handled tied linked needed consequence
    consequences agreement agreements consider considers considered considering
    consideration account due thereof therein
    """.split()
)
