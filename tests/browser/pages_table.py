"""Every page with an address of its own, in one table: what holds for pages is tested for each row. A new one joins here.

Pages that answer a form, the desk, the readable contract and what administrators see have tests beside these.
"""

from typing import NamedTuple


class PageCase(NamedTuple):
    """An address of the packaged library, its heading, its status."""

    path: str
    heading: str
    status: int = 200


PAGES = (
    PageCase("/", "晋城的惠企政策"),
    PageCase("/documents/jszb-2023-19", "激发民间投资活力"),
    PageCase("/documents/jszb-2023-16", "省市重点工程项目名单"),
    PageCase("/documents/jszf-2023-6", "妇女发展"),
    PageCase("/clauses/jszb-2023-19/15", "强化用地保障"),
    PageCase("/clauses/jszb-2023-20/12", "落实财税金融政策"),
    PageCase("/clauses/jszb-2023-13/s1", "第一部分"),
    PageCase("/measures/jszb-2023-19/15/land-floor-price", "出让底价"),
    PageCase("/library", "政策库"),
    PageCase("/library/coverage/jszb-2023-19", "每一句归哪一类"),
    PageCase("/library/coverage/jszb-2023-20", "每一句归哪一类"),
    PageCase("/library/open-points", "须责任单位明确"),
    PageCase("/library/open-points?unit=%E5%B8%82%E8%B4%A2%E6%94%BF%E5%B1%80", "须责任单位明确"),
    PageCase("/library/key-projects", "省市重点工程项目名单"),
    PageCase("/library/key-projects?q=%E5%85%89%E4%BC%8F&level=%E7%9C%81%E7%BA%A7", "省市重点工程项目名单"),
    PageCase("/library/sources", "来源"),
    PageCase("/check", "企业自测"),
    PageCase("/verify", "核验回执"),
    PageCase("/search", "条款检索"),
    PageCase("/search?q=%E4%BC%81%E4%B8%9A", "条款检索"),
    PageCase("/search?q=%E7%89%B9%E8%AE%B8%E7%B2%BE%E8%90%A5&kind=benefit", "条款检索"),
    PageCase("/search?q=%E5%85%AC%E7%A7%AF%E9%87%91%E6%80%8E%E4%B9%88%E6%8F%90", "条款检索"),
    PageCase("/search?q=%E5%85%89%E4%BC%8F&document=jszb-2023-20", "条款检索"),
    PageCase("/search/compare?clause=jszb-2023-19/15&clause=jszb-2023-20/12", "条款对照"),
    PageCase("/accessibility", "无障碍声明"),
    PageCase("/privacy", "隐私说明"),
    PageCase("/admin", "管理"),
    PageCase("/problems/bad-input", "请求内容有误"),
    PageCase("/clauses/jszb-2023-19/99", "没有这个编号", 404),
    PageCase("/nothing-here", "没有这一页", 404),
)
PATHS = [case.path for case in PAGES]
