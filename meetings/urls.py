"""Addresses of a board and its meetings; `address` is a date, with a number for a second meeting that day."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from meetings.views import (
    action_acts,
    actions,
    agendas,
    boards,
    break_glass,
    calling,
    constitution_drafts,
    constitution_import,
    constitution_rules,
    constitution_signing,
    constitutions,
    documents,
    histories,
    meeting_pages,
    minutes,
    papers,
    protected_items,
    publishing,
    records,
    register_acts,
    registers,
    replies,
)

BOARD = "p/<slug:partnership_slug>/<slug:board_slug>/"
MEETING = BOARD + "meetings/<slug:address>/"
AGENDA = BOARD + "meetings/<slug:address>/agenda/"
ITEM = AGENDA + "items/<int:item_id>/"
PAPER = BOARD + "meetings/<slug:address>/papers/<uuid:uuid>/"
RECORD = BOARD + "meetings/<slug:address>/record/"
MINUTES = BOARD + "meetings/<slug:address>/minutes/"
DOCUMENTS = BOARD + "meetings/<slug:address>/documents/"
DRAFT = BOARD + "constitution/draft/"
REGISTER = BOARD + "meetings/<slug:address>/register/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("break-glass/", break_glass.break_glass, name="break_glass"),
    path("break-glass/<uuid:uuid>/", break_glass.opened, name="break_glass_opened"),
    path("break-glass/<uuid:uuid>/review/", break_glass.break_glass_review, name="break_glass_review"),
    path(BOARD, boards.board, name="board"),
    path(BOARD + "meetings/", boards.meetings, name="meetings"),
    path(BOARD + "meetings/call/", calling.call, name="meeting_call"),
    path(MEETING, meeting_pages.meeting, name="meeting"),
    path(MEETING + "history/", histories.meeting, name="meeting_history"),
    path(MEETING + "move/", calling.move, name="meeting_move"),
    path(MEETING + "cancel/", calling.cancel_page, name="meeting_cancel"),
    path(MEETING + "reply/", replies.reply, name="meeting_reply"),
    path(BOARD + "constitution/", constitutions.constitution, name="constitution"),
    path(BOARD + "constitution/history/", histories.constitution, name="constitution_history"),
    path(BOARD + "constitution/<int:version>/", constitutions.constitution, name="constitution_version"),
    path(BOARD + "constitution/<int:version>/file/", constitutions.constitution_file, name="constitution_file"),
    path(BOARD + "constitution/import/", constitution_import.bring_in, name="constitution_import"),
    path(BOARD + "constitution/compare/<int:older>/<int:newer>/", constitutions.compare, name="constitution_compare"),
    path(DRAFT, constitution_drafts.draft, name="constitution_draft"),
    path(DRAFT + "begin/", constitution_drafts.begin, name="constitution_draft_begin"),
    path(DRAFT + "details/", constitution_drafts.details, name="constitution_draft_details"),
    path(DRAFT + "discard/", constitution_drafts.discard, name="constitution_draft_discard"),
    path(DRAFT + "forward/", constitution_drafts.forward, name="constitution_draft_forward"),
    path(DRAFT + "look-again/", constitution_drafts.look_again, name="constitution_draft_look_again"),
    path(DRAFT + "sign/", constitution_signing.sign, name="constitution_draft_sign"),
    path(DRAFT + "add/", constitution_rules.choose_section, name="constitution_rule_choose"),
    path(DRAFT + "add/<slug:section>/", constitution_rules.add, name="constitution_rule_add"),
    path(DRAFT + "rules/<slug:family>/<slug:rule_id>/", constitution_rules.rule, name="constitution_rule"),
    path(
        DRAFT + "rules/<slug:family>/<slug:rule_id>/take-out/",
        constitution_rules.take_out,
        name="constitution_rule_take_out",
    ),
    path(AGENDA, agendas.agenda, name="agenda"),
    path(AGENDA + "start/", agendas.start, name="agenda_start"),
    path(AGENDA + "add/", agendas.add, name="agenda_add"),
    path(AGENDA + "publish/", publishing.publish, name="agenda_publish"),
    path(ITEM, agendas.item, name="agenda_item"),
    path(ITEM + "history/", histories.item, name="agenda_item_history"),
    path(ITEM + "move/", agendas.move, name="agenda_item_move"),
    path(ITEM + "remove/", agendas.remove, name="agenda_item_remove"),
    path(ITEM + "papers/", papers.add, name="agenda_item_papers"),
    path(ITEM + "access/", protected_items.item_access, name="agenda_item_access"),
    path(ITEM + "declare/", protected_items.declare, name="agenda_item_declare"),
    path(PAPER, papers.paper, name="paper"),
    path(PAPER + "access/", protected_items.paper_access, name="paper_access"),
    path(PAPER + "withdraw/", papers.withdraw, name="paper_withdraw"),
    path(REGISTER, registers.register, name="register"),
    path(REGISTER + "changes/", registers.changes, name="register_changes"),
    path(REGISTER + "sheet/", register_acts.sheet, name="register_sheet"),
    path(REGISTER + "open/", register_acts.open_page, name="register_open"),
    path(REGISTER + "close/", register_acts.close_page, name="register_close"),
    path(REGISTER + "add/", register_acts.add, name="register_add"),
    path(REGISTER + "history/", register_acts.history, name="register_history"),
    path(REGISTER + "rows/<int:row_id>/", register_acts.row, name="register_row"),
    path(RECORD, records.record, name="record"),
    path(RECORD + "<int:item_id>/decision/", records.decide, name="record_decide"),
    path(RECORD + "<int:item_id>/action/", action_acts.agree_at_item, name="record_action"),
    path(RECORD + "decisions/<int:decision_id>/", records.decision, name="record_decision"),
    path(MINUTES, minutes.minutes, name="minutes"),
    path(MINUTES + "send/", minutes.send, name="minutes_send"),
    path(DOCUMENTS, documents.documents, name="documents"),
    path(DOCUMENTS + "<uuid:uuid>/", documents.document, name="document"),
    path(DOCUMENTS + "<uuid:uuid>/file/", documents.document_file, name="document_file"),
    path(BOARD + "actions/", actions.actions, name="actions"),
    path(BOARD + "actions/add/", action_acts.add, name="action_add"),
    path(BOARD + "actions/file/", actions.file, name="actions_file"),
    path(BOARD + "actions/<int:number>/", actions.action, name="action"),
    path(BOARD + "actions/<int:number>/history/", histories.action, name="action_history"),
    path(BOARD + "actions/<int:number>/update/", action_acts.update, name="action_update"),
    path(BOARD + "actions/<int:number>/change/", action_acts.change, name="action_change"),
    path(BOARD + "actions/<int:number>/decide/", action_acts.decide, name="action_decide"),
]
