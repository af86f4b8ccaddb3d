"""What a text and a given name tell of a person's gender: "f", "m" or "" where nothing is known.

The given names are a short list of common ones that are nearly always borne by one gender; cues in the document
(titles, kin words, "spokeswoman") go before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MALE_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    mr mr. sir lord king prince duke baron monsieur herr father fr. brother son husband uncle nephew grandfather dad
    boyfriend widower fiance spokesman chairman congressman businessman policeman councilman anchorman salesman
    cameraman assemblyman alderman fisherman fireman man boy gentleman actor waiter monk pope
    imam abbot himself he his him""",
    )
)
FEMALE_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    mrs mrs. ms ms. miss madam madame lady queen princess duchess baroness frau mother sister daughter wife aunt
    niece grandmother mom mum girlfriend widow fiancee spokeswoman chairwoman congresswoman businesswoman policewoman
    councilwoman anchorwoman assemblywoman woman girl actress waitress nun heiress hostess abbess herself she her
    hers""",
    )
)
MALE_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
    aaron abdul abdullah abraham adam adolf adrian ahmad ahmed alan albert alejandro aleksandr alexander alexei alexey
    alfred ali allan allen alvaro ambrose anatoly anders andre andreas andrei andres andrew andrey angus anthony anton
    antonio antony archibald armando arnold arthur arturo augustus austin axel barack barry bart bashar ben benedict
    benjamin bernard bernie bill billy bob bobby boris brad bradley brandon brendan brent brett brian bruce bruno bryan
    carl carlos carlton cecil chad charles charlie chester chris christian christopher claude clarence claudio clifford
    clint clive colin connor conrad craig curtis cyril dale damian dan daniel danny darren dave david dean denis dennis
    derek desmond diego dieter dimitri dirk dmitri dmitriy dmitry dominic don donald doug douglas duncan dwight earl
    eddie edgar edmund eduardo edward edwin elias elijah elliot emil emmanuel enrico enrique eric erik ernest ernst
    erwin ethan eugene evan everett fabio felix ferdinand fernando francesco francis francisco francois frank franz
    fred frederick friedrich fritz gabriel garry gary gavin gennady geoffrey georg george gerald gerard gerhard gianni
    gilbert giorgio giovanni giuseppe glenn gordon graham grant greg gregory guido guillermo gunther gustav guy hamid
    hans harold harry harvey hassan heinrich helmut henri henrik henry herbert herman hermann horst howard hugh hugo
    humphrey hussein ian ibrahim igor ilya isaac ismail ivan jack jackson jacob jacques jaime jake jakob jamal james
    jan jared jason javier jay jeff jeffrey jens jeremy jerome jerry jesse jim jimmy joachim joe joel johan johann
    john johnny jon jonathan jorge jose josef joseph josh joshua juan jules julian julius juan jurgen justin karl
    keith kenneth kevin kirill klaus konrad konstantin kurt kyle lance larry laurence lawrence leo leon leonard
    leonid leopold leroy lewis liam linus lloyd lorenzo louis luca lucas ludwig luigi luis luke magnus mahmoud
    malcolm manuel marc marcel marco marcus mario mark markus marshall martin marvin mathias matt matteo matthew maurice
    max maximilian maxim mehmet michael michel miguel mike mikhail milton mitch mitt mohamed mohammad mohammed moses
    muhammad murray mustafa narendra nathan nathaniel neil nelson nicholas nick nicolas nigel nikita nikolai noah noel
    norman oleg olaf oliver omar oscar osama otto owen pablo pascal patrick paul pavel pedro percy perry peter philip
    philipp phillip pierre pietro rafael ralph ramon randy raoul raul ray raymond recep reinhard rene ricardo richard
    rick rob robert roberto rodney rodrigo roger roland rolf roman ron ronald ross roy rudolf rudy rupert russell ryan
    salman salvador sam samuel santiago scott sean sebastian sergei sergey sergio seth shane sid sidney siegfried
    silvio simon solomon stanley stefan stephen steve steven stewart stuart tariq ted terence terry theodore thomas tim
    timothy toby todd tom tomas tommy tony travis trevor umberto valery vernon victor viktor vincent vincenzo vitaly
    vladimir volodymyr wallace walter wayne werner wilfred wilhelm william willie winston wolfgang xavier
    yusuf yuri zachary emmanuel barnaby khizr elward gregory sheldon
    """,
    )
)
FEMALE_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
    abigail ada adele agnes aisha alexandra alice alicia alison amanda amber amelia amy ana anastasia andrea angela
    angelica angelina anita ann anna annabel anne annette annie antonia april ariana astrid audrey barbara beatrice
    becky belinda bella bernadette bertha beth betty beverly brenda bridget brigitte britney camilla camille candace
    carla carly carmen carol carole caroline carolyn carrie catherine cathy cecilia celia charlotte chelsea cheryl
    chloe christina christine cindy claire clara claudia colleen condoleezza constance cordelia cynthia daisy danielle
    daphne deborah debbie debra deirdre delia denise diana diane dolores donna dora doris dorothy edith edna eileen
    elaine eleanor elena elisabeth elise elizabeth ella ellen eloise elsa elsie emilia emily emma erica erin ernestine
    esther ethel eugenia eva evelyn fatima felicity fiona flora florence frances francesca frieda gabriela
    gabrielle gail geraldine gertrude gina ginger giulia gladys gloria greta gwen gwendolyn hannah harriet hazel
    heather heidi helen helena henrietta hilary hilda hillary holly huma ida ines ingrid irene iris irina isabel
    isabella isabelle ivanka ivy jacqueline jane janet janice jeanne jeannette jennifer jenny jessica jill joan
    joanna joanne jodie josephine joyce juanita judith judy julia juliana julie juliet june karen karin karina
    karla kate katherine kathleen kathryn kathy katie katrina katya kayla kellyanne kimberly kirsten
    kristen kristin kristina laura lauren laurie leah lena leticia lila lillian lily linda lisa liz lois lola
    loretta lorraine louisa louise lucia lucille lucy lydia lynn mabel madeleine madeline maggie mandy marcia margaret
    margarita maria mariah marian marianne marie marilyn marina marion marjorie marlene marta martha martina mary
    matilda maureen maxine megan meghan melania melanie melinda melissa mercedes michelle mildred millicent mindy
    miranda miriam molly mona monica monique muriel myra nadia nadine nancy naomi natalia natalie natasha nellie nicola
    nicole nina nora norma olga olivia ophelia pamela patricia patty paula pauline penelope penny petra philippa
    phoebe phyllis polly priscilla rachel ramona rebecca regina renata renee rhonda rita roberta rosa rosalind rose
    rosemary roxanne ruby ruth sabine sabrina sally samantha sandra sara sarah selena shannon sharon sheila shelley
    sherry shirley sibylle silvia simone sofia sonia sophia sophie stella stephanie sue susan susanna susanne
    suzanne svetlana sybil sylvia tamara tania tanya tatiana tatyana teresa theresa tiffany tina tracy trudy ursula
    valentina valerie vanessa vera veronica victoria viola violet virginia vivian wanda wendy wilhelmina winifred
    yolanda yvette yvonne zainab zoe
    """,
    )
)


def find_gender(words: Sequence[str]) -> str:
    """The gender that titles and kin words tell; the first that tells one decides."""
    for word in words:
        if word.lower() in FEMALE_WORDS:
            return "f"
        if word.lower() in MALE_WORDS:
            return "m"
    return ""


def find_gender_of_name(given: str) -> str:
    """The gender of those who bear a given name."""
    lowered = given.lower()
    return "f" if lowered in FEMALE_NAMES else "m" if lowered in MALE_NAMES else ""
