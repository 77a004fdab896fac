"""Draft files of the library: a document, the key project catalogue."""

import re
from typing import Any

from policies.document import Document
from policies.gazette.keys import to_plain
from policies.gazette.model import Gazette, KeyProject, KeyProjects
from policies.gazette.yaml_text import write_yaml


def to_yaml(document: Document) -> str:
    """The text of ``document.yaml``."""
    data = to_plain(document)
    if not isinstance(data, dict):
        raise TypeError("a document is a mapping")
    return write_yaml(data)


def drafts(gazette: Gazette) -> dict[str, str]:
    """Every file that a gazette gives, by its path in a library."""
    files = {f"documents/{d.id}/document.yaml": to_yaml(d) for d in gazette.documents}
    if gazette.key_projects:
        name = _year(gazette.key_projects)
        files[f"catalogues/key-projects-{name}.yaml"] = catalogue(gazette.key_projects)
    return files


def catalogue(listed: KeyProjects) -> str:
    """The text of the key project catalogue."""
    source = {"文件": listed.document, "文号": listed.number or "未载明", "标题": listed.title}
    printed = {"合计": str(listed.printed)} if listed.printed is not None else {}
    sections = [_section(listed, name, count) for name, count in listed.sections]
    return write_yaml({"来源": source, "印数": printed, "部分": sections})


def _section(listed: KeyProjects, section: str, count: int) -> dict[str, Any]:
    programmes = [
        {
            "名称": programme.name,
            "印数": str(programme.printed),
            "项目": [
                _project(p) for p in listed.projects if (p.section, p.programme) == (section, programme.name)
            ],
        }
        for programme in listed.programmes
        if programme.section == section
    ]
    return {"名称": section, "印数": str(count), "专项": programmes}


def _project(project: KeyProject) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "序号": str(project.number),
        "名称": project.name,
        "层级": project.level,
        "前期": "是" if project.preliminary else "",
        "地点": project.place,
        "县区": list(project.counties),
        "乡镇": list(project.townships),
        "竖排格": project.group,
        "原始位置": [[str(s.start), str(s.end)] for s in project.raw_offsets],
    }
    return {key: value for key, value in fields.items() if value not in ("", [])}


def _year(listed: KeyProjects) -> str:
    found = re.search(r"(20[0-9]{2}) ?年", listed.title) or re.search(r"-(20[0-9]{2})-", listed.document)
    return found.group(1) if found else listed.document
