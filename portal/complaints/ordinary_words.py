"""Words of ordinary English that people are called by too: one of them alone, in a letter, names nobody."""

WORDS = """
april august autumn christmas dawn day easter early eve fortune friday hour july june late march may midwinter monday month
morning night noon saturday spring summer summers sunday thursday tuesday wednesday weeks winter winters year years

art ask barge bar bill blow bore burn burns call carry carrey case catch chance chase close cope cover cross cut cutting dance
drew drop fall fear feather fill flood frank gage gamble gather gene gift give go grant guess guide guy hand hands hang hold
hunt jack jean kick lead learn leave lift list look love make mark mend miss nail need offer order page paint pass pat pay
pick place plan plant play price pride push quit rain raise rash reach read ready rest ring ringer rob rule rush save say
scope seal search see sell send serve set settle shine show sing skip speed spend stand standing start stay step steps still
stop story strike sue take tale talk tell test time touch trust turn use view visit wait wake walk walker want wash watch
water waters wear will wills win wish wonder work workman write

amber angel apple ash basil beech berry birch blossom bloom branch bush bushes cherry clover coral crystal daisy diamond fern
fields flower flowers forest garden gem ginger grass grove hazel heath heather hedges holly honey iris ivy jade jasmine jay
lane lark laurel leaf leaves lily maple marsh meadow meadows mint moss myrtle oak oakes oaks olive onions opal orchard
peach pearl pepper pine plum poppy reed reeds rice robin root rose roses rosemary rowan ruby rue sage sands sandy sky sorrel star
stem thorn thorne tree trees twigg vine violet wheat willow willows wood woods wren

acre bank banks bath bay beach bell bridge bridges brook brooks cape castle cave chapel church city cliff clough cloud coast
combe corner cottage court courts creek croft cross dale dean dell den down downs dyke dykes east end farm fell fen field ford
forge frost gale gate gates gill glen green hall ham harbour haven head heights hill hills hole holmes hood house houses
hurst inch island isle keep key keys knoll lake land lands light lock lodge manor mead mews mile miles mill mills moat moon moor moore
moors mount mountain mouth north park parks parkway path peak pitt pits pits pond pool port pound quarry ridge ridges river rivers
road rock rocks row sea shore side sides snow south spark sparks spring stables stone stones storm street streets stile sun temple
thicket thunder top tower towers town townsend towns tunnel vale valley village wall walls well wells west wharf wind wing yard yards

abbot admiral agent archer armour baker banker barber baron beadle bishop boss bowler boy boys brewer brother bursar butcher
butler captain cardinal carpenter carter carver chancellor chandler chaplain child children clerk coach colonel constable
cook cooper coroner cousin cutler cutter deacon doctor draper driver drummer duke dyer earl elder elders farmer father fiddler
fisher fisherman fletcher forester foreman fowler friend friends gardener glover guard guest gunner herald hunter judge judges
justice king kings kitchener knight knights lady laird lawyer leader lord lords major man marshal marshall mason master masters
mayor men merchant miller minister monk nurse officer page painter parson parsons pilgrim pilot piper plumber poet pope porter
potter priest prince prior proctor provost queen reader reeve rider ringer roper sailor saint sawyer scholar seaman sergeant
servant sexton shepherd shoemaker singer skinner slater slaughter smith soldier son sons spicer squire steward stoker stranger
surgeon tailor tanner teacher thatcher tiler tinker trader trainer turner usher verger vicar ward warden washer weaver webber
wheeler witness woodman workman wright young

able ample badger bare bear beard best bird birds black blackbird blake bland blessed bliss blithe blood blue bold bone bones
brand brave brazen bright brisk broad brown bull bullock buzzard calm charity clay clean clear coal cold comfort constant cool
content cotton courage crane crow cruel cuckoo cunning dark darling dear dolphin double dove downright drake dry duck eagle
earnest easy eight even fair faith falcon fast felicity fierce final fine finch first fish fishes five flint fly forward foster
four fox foxes free fresh full gander gay gentle glad glass gold golden good goodman goose grace grand gray great grey grim
half hard hardy hare harm harmony hart hasty hawk heart herring heron high hope honest honour hot humble hundred hurt idle iron jolly
joy just keen kid kind lamb large last law laws lean lemon leopard lion little lively long loud low loyal lucky mean meek
mellow mercy merit merry mild modest moody moral mouse narrow neat new noble old one only open pain paradise partridge past
patience peace peacock penny perfect pike plain pleasant power powers precious prudence pure quick quiet rabbit ram rare raven real red
rich right robust rook rough round royal rusty sad safe salmon salt savage scarlet sharp short shrewd silence silk silver simple six
sleep slow small smart smooth sober soft soul sound sparrow speck steel stern stiff stork stout straight strange strength
strong sturdy sugar swallow swan sweet swift tall tame tan tart ten tench thick thin three tiger tiny trout true truth two
unity upright usual victor virtue vixen warm wary weak welcome whale white whole wide wild wily wise wolf worth wry yellow

air alarm apron arm arms arrow badge bag ball band barn barrel base basket bass bat battle beam bean beans bed beer belt bench
bill block board boat body bolt bond book books boon boot boots bottle bow bowl bowles box brick bullet butter button cable
cage cake camp candle cane cannon cap card cards cash cat chain chair chalk cheek cheese chest chin circle cloak cloth coat
coats coffee coffin coin collar comb cord core corn cost couch cup cups curtain damp deal debt desk dish dog door doors drain
drum dust ear edge egg eye face fan fault fee fence file finger fire firm flag flame flat floor foot frame front fuse game
gas glove grave graves grain gun guns gutter hammer hat heat heel hook horn horse ice ink jewel joint jug kettle knee ladder lamp
lance lantern lard law lead leather leg legs lens lid line link load loft loom loss lot mask mast match meal meat metal milk
mine mirror mist money mould name neck nest net nose note nut oil oven pack pad pail paper parcel part patch pen pepper pie pin
pipe pipes pit plaster plate pocket point pole post pot pots pump purse rack rail rails ramp rent repair roof room rope sack
saddle sail sand saw scale scarf screw seat sheet shelf shield shields ship shirt shoe shop shot shutter sink skin slate
sock socket spade spear spoon stack staff stage stain stair stairs stake stamp stove strap straw string sword table tank tap
tape tar tea tent term thread tide tile timber tin tip tool torch toy track trap tray trench tub tube van vase vent vessel vest
wagon wax web wedge weir wheel whip wick window wire wool word words
"""

ORDINARY = frozenset(WORDS.split())
