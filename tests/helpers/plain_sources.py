"""Looks through sources of the window for places where Qt would read marks in a text that somebody else wrote."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

# Classes of Qt that guess, or that read marks: the widgets of ui/tools/plain.py take their place.
GUESSING = frozenset(
    [
        "QLabel",
        "QPushButton",
        "QCommandLinkButton",
        "QToolButton",
        "QCheckBox",
        "QRadioButton",
        "QAbstractButton",
        "QGroupBox",
        "QTabBar",
        "QTabWidget",
        "QToolBox",
        "QDockWidget",
        "QMenu",
        "QMenuBar",
        "QAction",
        "QToolBar",
        "QMessageBox",
        "QErrorMessage",
        "QInputDialog",
        "QFileDialog",
        "QProgressDialog",
        "QWizard",
        "QWizardPage",
        "QSplashScreen",
        "QSystemTrayIcon",
        "QToolTip",
        "QWhatsThis",
        "QTextEdit",
        "QTextBrowser",
        "QTextDocument",
        "QTextDocumentFragment",
        "QStaticText",
        "QGraphicsTextItem",
        "QWebEngineView",
        "LabelItem",
        "LegendItem",
    ]
)
# Methods that take HTML, or that guess, or that make shortcuts of &.
TAKING = frozenset(
    [
        "setToolTip",
        "setWhatsThis",
        "setStatusTip",
        "showText",
        "setHtml",
        "insertHtml",
        "appendHtml",
        "setMarkdown",
        "insertMarkdown",
        "fromHtml",
        "setTextFormat",
        "setInformativeText",
        "setDetailedText",
        "addAction",
        "insertAction",
        "addMenu",
        "addTab",
        "insertTab",
        "setTabText",
        "setTabToolTip",
        "setTabWhatsThis",
        "addLegend",
        "setLabel",
        "setLabels",
        "setTitle",
        "setIconText",
        "setDefaultStyleSheet",
        "setToolTipsVisible",
        "enterWhatsThisMode",
        "setAcceptRichText",
    ]
)
TIP_ROLES = frozenset({"ToolTipRole", "WhatsThisRole", "StatusTipRole"})
# What has to stand around a text in these places.
TIP, TITLE = "tip", "window_title"


def faults_in(source: str) -> list[str]:
    """Each place that is wrong, as ``line: what``."""
    tree = ast.parse(source)
    found = _Finder(tree)
    found.visit(tree)
    return [f"{line}: {what}" for line, what in sorted(found.faults)]


def sources(*folders: Path) -> Iterator[Path]:
    """All modules of some folders."""
    for folder in folders:
        yield from sorted(folder.rglob("*.py"))


class _Finder(ast.NodeVisitor):
    def __init__(self, tree: ast.Module) -> None:
        self.faults: list[tuple[int, str]] = []
        # What a class or function was called where it comes from.
        self._names: dict[str, str] = {}
        self._functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        self._guarded: set[ast.AST] = set()

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for item in node.names:
            self._names[item.asname or item.name] = item.name

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for base in node.bases:
            if self._name(base) in GUESSING:
                self._fault(node, f"class of {self._name(base)}")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = self._name(node.func)
        owner = self._name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if name in GUESSING or owner in GUESSING:
            self._fault(node, f"{name if name in GUESSING else owner}()")
        elif name in TAKING:
            self._fault(node, f"{name}()")
        elif name == "setWindowTitle" and not (node.args and self._fixed(node.args[0], TITLE)):
            self._fault(node, "setWindowTitle() without window_title()")
        elif name == "addRow" and len(node.args) == 2 and not isinstance(node.args[0], ast.Call):
            self._fault(node, "addRow() without label()")
        elif name == "setData" and any(self._role(part) for part in node.args):
            self._guarded.update(ast.walk(node))
            if not self._fixed(node.args[-1], TIP):
                self._fault(node, "setData() of a tip without tip()")
        if any(keyword.arg == "html" for keyword in node.keywords):
            self._fault(node, "html=")
        if name == "ScatterPlotItem" and not self._safe_spots(node):
            self._fault(node, "ScatterPlotItem() whose tip= is no function that returns tip()")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        roles = [part for part in ast.walk(node.test) if self._role(part)]
        if roles:
            self._guarded.update(roles)
            returned = [part for part in node.body if isinstance(part, ast.Return)]
            inside = [part for body in node.body for part in ast.walk(body) if isinstance(part, ast.Return)]
            if not returned or not all(self._is_tip(part.value) for part in inside):
                self._fault(node, "a tip without tip()")
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if self._role(node) and node not in self._guarded:
            self._fault(node, f"{node.attr} elsewhere than in `if role == …: return tip(…)`")
        self.generic_visit(node)

    def _fault(self, node: ast.stmt | ast.expr, what: str) -> None:
        self.faults.append((node.lineno, what))

    def _name(self, node: ast.expr) -> str:
        if isinstance(node, ast.Attribute):
            return node.attr
        return self._names.get(node.id, node.id) if isinstance(node, ast.Name) else ""

    @staticmethod
    def _role(node: ast.AST) -> bool:
        return isinstance(node, ast.Attribute) and node.attr in TIP_ROLES

    def _is_tip(self, node: ast.expr | None) -> bool:
        if node is None or (isinstance(node, ast.Constant) and node.value is None):
            return True
        return isinstance(node, ast.Call) and self._name(node.func) == TIP

    def _fixed(self, node: ast.expr, helper: str) -> bool:
        """Whether a text is written in the source, or goes through a helper."""
        if isinstance(node, ast.Constant):
            return True
        if isinstance(node, ast.Call):
            return self._name(node.func) == helper
        return isinstance(node, ast.Name) and node.id.isupper()

    def _safe_spots(self, node: ast.Call) -> bool:
        given = next((item.value for item in node.keywords if item.arg == "tip"), None)
        if isinstance(given, ast.Constant):
            return given.value is None
        made = self._functions.get(given.id) if isinstance(given, ast.Name) else None
        returned = [part for part in ast.walk(made) if isinstance(part, ast.Return)] if made else []
        return bool(returned) and all(self._is_tip(part.value) for part in returned)
