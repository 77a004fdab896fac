"""The one dictionary between the words of a clause file and the names in the code."""

from policies.rules import Connective, Kind, Operator, Subject

KINDS = {
    "优惠": Kind.BENEFIT,
    "便利": Kind.FACILITATION,
    "保障": Kind.PROTECTION,
    "义务": Kind.OBLIGATION,
    "禁止": Kind.PROHIBITION,
}
SUBJECTS = {"企业": Subject.ENTERPRISE, "项目": Subject.PROJECT, "存量资产": Subject.ASSET}
CONNECTIVES = {"全部满足": Connective.ALL, "任一满足": Connective.ANY, "均不满足": Connective.NONE}
OPERATORS = {
    "为": Operator.IS,
    "属于": Operator.IN,
    "不属于": Operator.NOT_IN,
    "不低于": Operator.AT_LEAST,
    "高于": Operator.ABOVE,
    "不高于": Operator.AT_MOST,
    "低于": Operator.BELOW,
    "不早于": Operator.NOT_BEFORE,
    "不晚于": Operator.NOT_AFTER,
}
LEDGER_KINDS = ("措施", "政府职责", "目标", "倡导", "引用", "标题", "责任单位")
OPEN_POINT_KINDS = ("标准", "程度", "金额", "程序", "范围", "期限", "目录", "用语")
VERDICTS = {"符合": "eligible", "暂不符合": "ineligible", "待定": "undetermined"}
UNSTATED = "未载明"
