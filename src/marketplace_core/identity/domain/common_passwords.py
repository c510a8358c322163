"""Passwords and base words that are tried first.

Written from what leaked lists have in common, without copying one: several hundred words stand for several tens of
thousands of passwords, because a password is compared after look-alike letters and appended digits and signs are
undone. A complete list belongs in front of the port ``Passwords``, not in this file.
"""

from typing import Final

_WORDS: Final = """
password passwort passw passwd passwords pass passphrase mypassword yourpassword thepassword newpassword oldpassword
passwordpassword passpass password1234 parola parol contrasena contraseña motdepasse haslo heslo salasana senha
wachtwoord lozinka sifre jelszo пароль мойпароль парольпароль привет приветик йцукен йцукенг фывапролд фывапрол
йцукенгшщз любовь любимая любимый солнышко солнце котенок наташа настя сергей андрей александр максим дмитрий
россия москва спартак зенит
qwerty qwertyu qwertyui qwertyuio qwertyuiop qwertz qwertzui qwertzuiop azerty azertyuiop asdfgh asdfghj asdfghjk
asdfghjkl asdf asdfasdf asdasd asdasdasd zxcvbn zxcvbnm zxcvbnm,./ zxcv zxcvzxcv qazwsx qazwsxedc qazwsxedcrfv qweasd
qweasdzxc qwer qwerasdf qwerasdfzxcv qwe qweqwe qweqweqwe zaqwsx zaqxsw zaq1zaq1 zaq12wsx zaq1xsw2 1qaz 1qaz2wsx
1qaz2wsx3edc 1qaz!qaz !qaz2wsx 1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 q1w2e3 qwerty12345
qwerty123456 123qwe 123qweasd 123qweasdzxc qwe123 1234qwer qwer1234 poiuytrewq poiuyt lkjhgfdsa mnbvcxz mnbvcx
0987654321 9876543210 987654321 87654321 123456789 1234567890 12345678 1234567 12345678910 123456123456 1234554321
123454321 123321123 1122334455 11223344 112233445566 123123123 123412341234 12341234 147258369 159357456 159753456
789456123 741852963 963852741 147852369 741852 258456 0123456789 01234567 13579 1357924680 2468101214 31415926
3141592653 314159265 27182818 19871987 20202020 10203040 102030405060 11111111 00000000 88888888 66666666 99999999
abc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij abcabc abcabcabc abc123abc abcd1234 abc12345 a1b2c3
a1b2c3d4 a1b2c3d4e5 a123456 a12345678 a123456789 aa123456 aa12345678 1a2b3c 1a2b3c4d aaa aaaa aaaaaaaa xxx xxxx
admin administrator adminadmin admin1234admin root rootroot toor superuser superadmin sysadmin webmaster master
manager guest guestguest user username useruser test testtest testing tester test1234test demo demodemo default
changeme change changeit changemenow letmein letmeinnow letmeinplease welcome welcomehome welcomeback welcom login
loginlogin access accessaccess enter enterenter open opensesame secret secrets secretsecret topsecret private
hello hellohello helloworld helloo hithere hi goodbye goodmorning goodluck thankyou please iloveyou iloveu
iloveyouu iloveyou1000 iloveme ilovegod loveyou loveme lovely love lovelove lover lovers loveyou2 forever
foreveryoung always friend friends bestfriend bestfriends family mother father mommy daddy mummy babygirl babyboy
baby babybaby honey sweety sweetie sweetheart sweetpea angel angels angelina princess prince queen king kingking
beautiful gorgeous pretty sexy sexysexy handsome cutie cutiepie happy happyhappy sunshine sunflower flower flowers
butterfly rainbow summer winter spring autumn january february march april may june july august september october
november december monday tuesday wednesday thursday friday saturday sunday sommer herbst fruehling winterwinter
dragon dragons dragonball monkey monkeys tiger tigers lion lions eagle eagles falcon falcons bear bears wolf wolves
wolfpack panther panthers cat cats kitty kitten kittens dog dogs doggy puppy puppies bird birdie fish dolphin
dolphins horse horses unicorn phoenix spider turtle rabbit bunny chicken snoopy garfield bigdog redwings
superman batman spiderman ironman wonderwoman catwoman superstar superhero starwars startrek skywalker darthvader
yoda jedi matrix trustno trustnoone trustno1 terminator gandalf hobbit frodo hogwarts harrypotter potter pokemon
pikachu naruto sasuke goku mario luigi sonic zelda minecraft fortnite roblox warcraft worldofwarcraft starcraft
counterstrike counter callofduty halo halflife diablo overwatch leagueoflegends playstation nintendo xbox gamer
gameover games game computer computers internet microsoft windows apple google googlegoogle yahoo facebook youtube
instagram twitter linkedin myspace samsung android iphone nokia sony dell hewlett linux ubuntu debian oracle cisco
database server network wireless security system systems internet1 website hosting cloud
football footballer soccer basketball baseball softball hockey tennis golf golfer volleyball cricket rugby boxing
wrestling swimming running fitness sports liverpool arsenal chelsea manchester manunited manutd barcelona
realmadrid juventus milan intermilan bayern dortmund galatasaray fenerbahce besiktas benfica ajax celtic rangers
everton tottenham yankees lakers cowboys steelers packers patriots broncos raiders redsox braves dodgers giants
ferrari porsche mercedes mustang corvette camaro chevy chevrolet harley harleydavidson yamaha kawasaki suzuki honda
toyota nissan mitsubishi subaru volkswagen audi bmw jaguar lamborghini bugatti
michael michelle jennifer jessica jordan joshua matthew daniel david andrew anthony robert richard thomas william
charlie charles christian christopher christine christina alexander alexandra alexis amanda ashley brandon brian
brittany carlos caroline catherine charlotte chelsey claudia cristina danielle dennis diana dominic edward elizabeth
emily emma eric ethan francesco francis gabriel george giovanni hannah heather helena isabella jackson jacob james
jasmine jason jonathan joseph julian julia justin katherine kevin kimberly laura lauren leonardo lisa lorenzo louise
lucas madison marcus maria marina mark martin martina mary maximilian melissa miguel monica natalie nathan nicholas
nicole olivia oliver pamela patricia patrick paul peter philip rachel rebecca ricardo roberto ronaldo messi neymar
samantha samuel sandra sara sarah sebastian simon sophia sophie stephanie stephen steven taylor teresa theresa
tiffany tyler valentina vanessa veronica victor victoria vincent virginia walter zachary natasha sergey andrey
dmitry vladimir tatiana svetlana ekaterina anastasia katya masha misha
america american england germany deutschland france espana spain italia italy london paris berlin hamburg munich
madrid newyork chicago boston dallas houston texas florida california hollywood losangeles lasvegas miami brooklyn
canada toronto australia sydney melbourne india mumbai brasil brazil mexico argentina turkey istanbul poland
polska ukraine kiev moscow russia china shanghai japan tokyo philippines indonesia singapore
freedom liberty peace justice victory destiny faith hope blessed blessing jesus jesuschrist jesuslovesme godisgood
godbless heaven church christ bible allah bismillah mohammed muhammad inshallah krishna ganesh buddha
money moneymoney dollar million millionaire billionaire rich diamond diamonds gold golden silver platinum crystal
success winner champion champions legend legends warrior warriors hunter hunters killer killers assassin ninja
samurai pirate pirates soldier sniper ranger rangers marines army navy airforce captain general commander
purple orange yellow green blue black white red pink blackblack bluesky blackcat whitecat redrose
chocolate cookie cookies banana cheese cheesecake pizza hamburger burger pepper ginger vanilla cherry strawberry
blueberry apples peaches lemon coffee whiskey vodka tequila budweiser heineken cocacola pepsi starbucks mcdonalds
music musician guitar drummer piano rocknroll rockstar metallica nirvana slipknot eminem tupac beatles madonna
rihanna beyonce onedirection justinbieber blink pinkfloyd ironmaiden linkinpark greenday gunsnroses blackmetal
whatever nothing something anything everything everyone nobody somebody anybody noname unknown fuckyou fuckoff
fuckme fucker fuck asshole bitch bitches bullshit shithead shit biteme kissme kisses hotmail gmail email mailmail
lollipop lollol lolol lmao haha hahaha hahahaha blah blahblah blablabla yeahyeah okokok nonono yesyes ohyeah
correcthorsebatterystaple maythe4thbewithyou
thequickbrownfox tobeornottobe ncc1701 ncc1701d thx1138 rosebud bond007 jamesbond agent007 elvis snowball scooter
maverick mustangs thunder lightning storm shadow shadows midnight darkness blackout stealth phantom magic wizard
merlin mystery fantasy dreams dreamer believe imagine inspire courage strong power powerful energy nuclear rocket
galaxy universe planet earth mercury venus saturn jupiter pluto neptune apollo zeus hercules athena spartan spartans
trojan trojans titan titans olympus viking vikings knight knights kings queens
school student students teacher college university graduate science physics chemistry biology history english
qazxsw zxasqw edcrfv rfvtgb tgbyhn yhnujm plokij okmijn wsxedc wsx edc qaz zaq zxc zxczxc poi lkj mnb bnm
"""

COMMON: Final = frozenset(_WORDS.split())
"""Lower-case words without trailing digits or signs, and digit strings as they are typed."""
