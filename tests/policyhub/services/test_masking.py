"""What a caller tells of themselves is not kept; what they ask is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyhub.services.masking import mask

# Made-up numbers of the right shape.
CAUGHT = {
    "我的电话13800138000": "13800138000",
    "打 138-0013-8000 找我": "138-0013-8000",
    "打 138 0013 8000 找我": "138 0013 8000",
    "打138，0013，8000找我": "0013",
    "打138、0013、8000找我": "0013",
    "打138/0013/8000找我": "0013",
    "打138*0013*8000找我": "0013",
    "打138_0013_8000找我": "0013",
    "打138 - 0013 - 8000找我": "0013",
    "打1,3,8,0,0,1,3,8,0,0,0找我": "8,0,0",
    "打1\u200b3\u200b8\u200b0\u200b0\u200b1\u200b3\u200b8\u200b0\u200b0\u200b0找我": "8\u200b0",
    "打138\u200b0013\u00ad8000找我": "0013",
    "座机0356、2198345": "2198345",
    "身份证140502，1990，0101，123X": "1990",
    "＋86 １３８００１３８０００": "138",
    "座机0356-2198345": "2198345",
    "座机(0356)2198345": "2198345",
    "座机2198345": "2198345",
    "138\x0000138000": "138000",
    "身份证140502199001011234": "140502199001011234",
    "身份证14050219900101123X能办吗": "14050219900101123X",
    "身份证 140502 19900101 1234": "19900101",
    "信用代码91140500MA0K1ABC2D的企业": "91140500MA0K1ABC2D",
    "信用代码91140500ma0k1abc2d": "ma0k1abc2d",
    "卡号6222 0212 3456 7890 123": "6222",
    "卡号6222021234567890": "6222021234567890",
    "邮箱zhang.san@example.com": "example",
    "微信zhangsan_88": "zhangsan",
    "QQ号是 123456": "123456",
    "一三八零零一三八零零零": "一三八",
    "幺三八 零零幺 三八零零零": "零零幺",
    "车牌晋E12345": "E12345",
    "我叫张三": "张三",
    "我叫李晓明想问贷款贴息": "李晓明",
    "我叫阿依古丽": "阿依",
    "我是王建国，想问补贴": "王建国",
    "我是李明想问": "李明",
    "我是小张，问一下": "小张",
    "我是欧阳锋，问一下": "欧阳",
    "我姓赵": "赵",
    "王女士问补贴": "王",
    "联系人：刘洋": "刘洋",
    "联系人刘洋": "刘洋",
    "姓名：阿依古丽": "阿依",
    "my name，我叫 John Smith": "Smith",
    "我们是晋城某某科技有限公司": "某某",
}
KEPT = (
    "光伏项目有没有补贴",
    "我是高新技术企业能享受什么",
    "我是民营企业，能贷款吗",
    "我是一家有限公司",
    "我是个体户",
    "我是高平的企业",
    "联系人怎么改",
    "名叫什么",
    "姓名变更怎么办",
    "我叫个代办",
    "我是农民专业合作",
    "投资5000000元有奖励吗",
    "投资2亿元",
    "2023-06-02以后的项目",
    "晋市政办〔2023〕19号第15条",
    "12345热线",
    "投资5,000,000元，2022、2023年各拨1/3",
    "投资13,800,138,000元",
    "2022、2023、2024年的项目",
    "第15、16、17、18条",
    "第1、2、3、4、5、6、7条",
    "户数150、180、200、300，亩数150、1800、2000亩",
    "2023-06-02、2024-06-02以后",
    "2023/06/02以后的项目",
    "60/80/100亩各有几个",
    "占地60亩，150MW",
    "第十四条",
    "百分之三十",
)


@pytest.mark.parametrize("text", CAUGHT)
def test_what_tells_who_calls_is_taken_out(text: str) -> None:
    """And a mark says that something was."""
    masked = mask(text)

    assert CAUGHT[text] not in masked
    assert "〔" in masked


@pytest.mark.parametrize("text", KEPT)
def test_what_is_asked_stays(text: str) -> None:
    """Amounts, dates, areas, document and clause numbers, kinds of enterprise."""
    assert "〔" not in mask(text).replace("〔2023〕", "")


@pytest.mark.parametrize("text", CAUGHT)
def test_masking_again_changes_nothing(text: str) -> None:
    """So that it may be done wherever it is needed."""
    assert mask(mask(text)) == mask(text)


def test_an_address_is_sought_no_further_back_than_one_reaches() -> None:
    """64 characters before the @: otherwise a long run is read to its end from each of its characters."""
    assert mask("a" * 100 + "@example.com") == "a" * 36 + "〔邮箱〕"


@pytest.mark.parametrize("text", ["张三的补贴", "住在城区西大街八号", "分机 8034"])
def test_what_it_cannot_catch_is_known(text: str) -> None:
    """The limits that the module tells of are true; whoever widens it changes this test."""
    assert mask(text) == text


@given(st.text(alphabet="的问补贴企业项目 ，", max_size=20), st.from_regex("1[3-9][0-9]{9}", fullmatch=True))
def test_no_mobile_number_gets_through(words: str, number: str) -> None:
    """Wherever it stands."""
    assert number not in mask(f"{words}{number}{words}")
