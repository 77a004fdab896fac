"""Takes out of a query what tells who the caller is, before it is kept or leaves the screen.

It knows patterns, not people. What it **cannot** catch: a name without a lead-in (我叫, 我是, 联系人…) or title
(先生, 女士…) beside it; a rare surname after 我是; an address, a village, a shop; a company named without
有限公司 or 合作社 behind 我是/我们是; numbers of fewer than seven digits; numbers mixed with words; what a
few ordinary facts together give away. It takes too much rather than too little: a long bare number without
a unit goes, a name may take the next character with it. So what is kept is still read by few and for a while.
"""

import re
import unicodedata

_HAN = "[\u4e00-\u9fff]"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭郎鲁韦马苗"
    "凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵"
    "汪祁毛禹狄米贝明臧戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万柯管卢莫房缪解应宗丁宣邓郁单洪包诸左石崔吉龚程邢裴陆荣翁曲家封储靳段焦牛侯宁仇武刘景龙叶司黎乔"
    "翟谭申冉桑桂边燕尚温庄晏柴瞿阎连习容向古易廖耿匡文寇欧沃蔚越师巩聂晁敖冷辛那简饶曾游关岳帅闫肖付代"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|夏侯"
_SURNAME = rf"(?:{_COMPOUND}|[{_SURNAMES}])"
_AFTER_NAME = (
    r"(?=$|[\s,.;:!?、。，；：！？的想要在来请问咨从有这我你您]|先生|女士|小姐|师傅|经理|老板|电话|手机|住)"
)
_NOT_A_NAME = (
    r"(?!高平|高新|高企|高校|农民|民营|国有|单位|个体|企业|公司|金融|文旅|万人|安装|方面|平台|元宇|时代)"
)
_PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_UNITS = "元|万|亿|吨|亩|户|人|家|平|米|千瓦|度|%|年|月|日|m|k|公顷|立方|股|美元"
_DIGIT = r"[0-9]"
_GAP = r"[ \-—–·.]?"
_ANY = r"[\W_]{0,3}"  # between the digits of what is told apart from figures by its shape
_FIGURE = r"\s*(?:元|万|亿|吨|亩|户|%|米|千瓦|公顷|平方)"  # 150、180、2000亩 are no telephone
_SPOKEN = "[〇零一二三四五六七八九幺两]"

# In this order: what is longer, or surer, goes first.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        r"[\w.+\-]{1,64}@[\w\-]++(?:\.[\w\-]++)++",
        "〔邮箱〕",
    ),  # bounded: a long run is not read from each of its ends
    (
        rf"(?:微信|qq|QQ|扣扣)号?(?:码)?(?:是|为|[::])?\s*(?:[A-Za-z][\w\-]{{5,19}}|{_DIGIT}{{5,12}})",
        "〔账号〕",
    ),
    (
        r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{10}(?![0-9A-Za-z])",
        "〔证件号〕",
    ),
    (rf"(?<!{_DIGIT})(?:{_DIGIT}{_GAP}){{17}}[0-9Xx](?![0-9A-Za-z])", "〔证件号〕"),
    (
        (
            rf"(?<!{_DIGIT})[1-8](?:{_ANY}{_DIGIT}){{5}}{_ANY}(?:19|20)(?:{_ANY}{_DIGIT}){{2}}"
            rf"{_ANY}[01]{_ANY}{_DIGIT}{_ANY}[0-3](?:{_ANY}{_DIGIT}){{4}}{_ANY}[0-9Xx](?![0-9A-Za-z])"
        ),
        "〔证件号〕",
    ),
    (
        (
            rf"(?<!{_DIGIT})(?:\+?86{_ANY})?1(?:[3-9]{_DIGIT}|[\W_]{{1,3}}[3-9][\W_]{{1,3}}{_DIGIT})"
            rf"(?:{_ANY}{_DIGIT}){{8}}(?!{_DIGIT}|{_FIGURE})"
        ),
        "〔电话〕",
    ),
    (rf"(?<![0-9.]){_DIGIT}(?:{_GAP}{_DIGIT}){{11,}}+", "〔号码〕"),  # a card, or several numbers in a row
    (
        rf"(?<!{_DIGIT})(?:\+?86{_GAP})?1[3-9]{_DIGIT}(?:{_GAP}{_DIGIT}){{8}}(?!{_DIGIT})",
        "〔电话〕",
    ),
    (
        rf"(?<!{_DIGIT})\(?0{_DIGIT}{{2,3}}\)?{_ANY}{_DIGIT}{{3,4}}{_ANY}{_DIGIT}{{4}}(?!{_DIGIT}|{_FIGURE})",
        "〔电话〕",
    ),
    (
        (
            rf"(?<![0-9.])(?!(?:19|20){_DIGIT}{{2}}[\-.]{_DIGIT}{{1,2}}[\-.]{_DIGIT}{{1,2}}(?!{_DIGIT}))"
            rf"{_DIGIT}(?:{_GAP}{_DIGIT}){{6,}}+(?!\.?{_DIGIT})(?!\s*(?:{_UNITS}))"
        ),
        "〔号码〕",
    ),
    (rf"{_SPOKEN}(?:[ ,，]?{_SPOKEN}){{6,}}", "〔号码〕"),
    (rf"[{_PLATES}][A-Z][·\- ]?[A-Z0-9]{{5,6}}(?![A-Z0-9])", "〔车牌〕"),
    (
        (
            rf"(?P<lead>(?:我|我们|我单位|我公司|这里|这边)(?:就)?(?:是|叫))(?!一|个|家|不是){_HAN}{{2,24}}?"
            r"(?:有限责任公司|股份有限公司|有限公司|合作社)"
        ),
        r"\g<lead>〔单位〕",
    ),
    (
        (
            rf"(?P<lead>我(?:的名字)?叫|(?:名叫|姓名|联系人)(?:是|为|[::])?)\s*"
            rf"(?:(?!什么|怎|哪|个|不|变|多){_SURNAME}{_HAN}{{1,2}}|(?<=[叫是为:])(?!什么|怎|哪|个|不){_HAN}{{2,4}}"
            rf"|[A-Za-z]{{2,20}}(?: [A-Za-z]{{2,20}})?)"
        ),
        r"\g<lead>〔姓名〕",
    ),
    (
        rf"(?P<lead>(?:我|本人|这里|这边)(?:就)?是){_NOT_A_NAME}(?:[小老]?{_SURNAME}{_HAN}{{1,2}}?|[小老]{_SURNAME}){_AFTER_NAME}",
        r"\g<lead>〔姓名〕",
    ),
    (
        rf"(?P<lead>我姓|免贵姓|本人姓)(?:{_SURNAME})",
        r"\g<lead>〔姓名〕",
    ),
    (
        rf"(?:[小老]?{_SURNAME})(?P<title>先生|女士|小姐|师傅)",
        r"〔姓名〕\g<title>",
    ),
)
_UNSEEN = {
    "Cc",
    "Cf",
}  # controls and marks of no width: could stand between digits, and databases refuse some
_COMPILED = tuple((re.compile(pattern), mark) for pattern, mark in _PATTERNS)


_LEFT_OUT = re.compile("〔(?:邮箱|账号|证件号|号码|电话|车牌|单位|姓名)〕")


def unmarked(text: str) -> str:
    """A masked text without the marks: what is left of it to be asked again."""
    return _LEFT_OUT.sub("", text)


def mask(text: str) -> str:
    """The text with phone, identity, credit-code, card and account numbers, e-mail and told names replaced."""
    folded = unicodedata.normalize("NFKC", text)
    masked = "".join(char for char in folded if char in "\t\r\n" or unicodedata.category(char) not in _UNSEEN)
    for pattern, mark in _COMPILED:
        masked = pattern.sub(mark, masked)
    return masked
