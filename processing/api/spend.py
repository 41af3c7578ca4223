"""``spend/`` and ``budgets/``: what models cost, and what they may cost."""

from __future__ import annotations

import re
from dataclasses import fields
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.fields import AmountField, TextField
from common.api.paging import CursorPages
from common.errors import NotFound
from common.roles import Role, has_role, sees_everything
from processing.api.permissions import ReadsOrOperates
from processing.api.schema import problems
from processing.models import Budget, BudgetChange
from processing.queries import budgets_for
from processing.services.budgets import create_budget, set_budget
from processing.spending.figures import SpendRow, spend_by

DIMENSIONS = ["day", "model", "batch", "user", "kind", "outcome"]
_SUMS = [f.name for f in fields(SpendRow) if f.name not in ("key", "jobs")]


class SpendQuerySerializer(serializers.Serializer[Any]):
    by = serializers.ChoiceField(choices=DIMENSIONS, default="day")
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "since" in attrs and "until" in attrs and attrs["until"] < attrs["since"]:
            raise serializers.ValidationError({"until": "This is before since."}, code="range")
        return attrs


def _usd() -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=18, decimal_places=10)


class SpendTotalSerializer(serializers.Serializer[Any]):
    calls = serializers.IntegerField()
    input_tokens = serializers.IntegerField()
    cached_input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    cost_usd = _usd()
    overrun_usd = _usd()
    worst_case_calls = serializers.IntegerField(help_text="Calls whose usage never arrived, counted at the worst.")


class SpendRowSerializer(SpendTotalSerializer):
    key = serializers.SerializerMethodField()
    jobs = serializers.IntegerField()

    def get_key(self, row: SpendRow) -> str | None:
        """The day, model, batch, user, kind or outcome; null where there is none."""
        return None if row.key is None else str(row.key)


class SpendSerializer(serializers.Serializer[Any]):
    by = serializers.ChoiceField(choices=DIMENSIONS)
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    total = SpendTotalSerializer()
    rows = SpendRowSerializer(many=True)


class Spend(APIView):
    permission_classes = (ReadsOrOperates,)

    @extend_schema(
        operation_id="spend",
        parameters=[
            OpenApiParameter("by", str, enum=DIMENSIONS, default="day"),
            OpenApiParameter("since", {"type": "string", "format": "date"}, description="A UTC day, included."),
            OpenApiParameter("until", {"type": "string", "format": "date"}, description="A UTC day, included."),
        ],
        responses={200: SpendSerializer} | problems(400, 401, 403, 406, 429),
    )
    def get(self, request: Request) -> Response:
        """What models cost for your documents; for admins, for all."""
        form = SpendQuerySerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        owner_id = None if sees_everything(request.user) else request.user.pk
        rows = spend_by(asked["by"], since=asked.get("since"), until=asked.get("until"), owner_id=owner_id)
        zero: dict[str, Any] = {name: Decimal(0) if name.endswith("_usd") else 0 for name in _SUMS}
        total = {name: sum((getattr(row, name) for row in rows), zero[name]) for name in _SUMS}
        body = {
            "by": asked["by"],
            "since": asked.get("since"),
            "until": asked.get("until"),
            "total": total,
            "rows": rows,
        }
        return Response(SpendSerializer(body).data)


class ReadsOrAdministers(BasePermission):
    """Every account reads what it may see; changes take an admin."""

    message = "This requires the admin role."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return has_role(request.user, Role.VIEWER if request.method in SAFE_METHODS else Role.ADMIN)


class BudgetSerializer(serializers.ModelSerializer[Budget]):
    left_usd = serializers.SerializerMethodField()

    class Meta:
        model = Budget
        fields = [
            "id", "scope", "key", "budget_usd", "spent_usd", "reserved_usd", "overrun_usd", "left_usd", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_left_usd(self, budget: Budget) -> str | None:
        """Null where there is no ceiling."""
        if budget.budget_usd is None:
            return None
        return f"{budget.budget_usd - budget.spent_usd - budget.reserved_usd - budget.overrun_usd:f}"


class BudgetChangeSerializer(serializers.ModelSerializer[BudgetChange]):
    class Meta:
        model = BudgetChange
        fields = ["username", "before_usd", "after_usd", "reason", "created_at"]
        read_only_fields = fields


class BudgetDetailSerializer(BudgetSerializer):
    changes = BudgetChangeSerializer(many=True, read_only=True)

    class Meta(BudgetSerializer.Meta):
        fields = [*BudgetSerializer.Meta.fields, "changes"]
        read_only_fields = fields


def _ceiling(**options: Any) -> serializers.DecimalField:
    return AmountField(
        max_digits=18,
        decimal_places=10,
        min_value=Decimal(0),
        max_value=Decimal(10_000_000),
        allow_null=True,
        help_text="Null: no ceiling.",
        **options,
    )


class ChangeBudgetSerializer(serializers.Serializer[Any]):
    budget_usd = _ceiling()
    reason = TextField(max_length=500, required=False, allow_blank=True, default="")


class NewBudgetSerializer(ChangeBudgetSerializer):
    scope = serializers.ChoiceField(choices=Budget.Scope.choices)
    key = TextField(max_length=150, help_text="A month (2026-11), the id of a user, the name of a role.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        key, scope = attrs["key"], attrs["scope"]
        right = {
            Budget.Scope.MONTH: re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", key),
            Budget.Scope.USER: re.fullmatch(r"[0-9]{1,18}", key),
            Budget.Scope.ROLE: key in list(Role),
        }
        if not right[scope]:
            raise serializers.ValidationError({"key": "This is no key of such a budget."}, code="key")
        return attrs


class BudgetPages(CursorPages):
    ordering = ("scope", "-key", "id")


class BudgetList(ListAPIView[Budget]):
    """The ceilings that span documents: all for admins, else those of yourself and of your roles."""

    permission_classes = (ReadsOrAdministers,)
    serializer_class = BudgetSerializer
    pagination_class = BudgetPages
    filterset_fields = ("scope", "key")
    queryset = Budget.objects.none()

    def get_queryset(self) -> Any:
        return budgets_for(self.request.user)

    @extend_schema(
        operation_id="budgets_list",
        responses={200: BudgetSerializer(many=True)} | problems(400, 401, 403, 404, 406, 429),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="budgets_create",
        request=NewBudgetSerializer,
        responses={201: BudgetDetailSerializer} | problems(400, 401, 403, 406, 409, 415, 429),
        examples=[
            OpenApiExample("a role", {"scope": "role", "key": "operator", "budget_usd": "20"}, request_only=True)
        ],
    )
    def post(self, request: Request) -> Response:
        """Make a ceiling for a month, a user or a role."""
        form = NewBudgetSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        budget = create_budget(user=request.user, **form.validated_data)
        return Response(BudgetDetailSerializer(budget).data, status=201)


class BudgetDetail(APIView):
    permission_classes = (ReadsOrAdministers,)

    @extend_schema(
        operation_id="budgets_retrieve",
        responses={200: BudgetDetailSerializer} | problems(401, 403, 404, 406, 429),
    )
    def get(self, request: Request, pk: int) -> Response:
        """One ceiling, with who changed it."""
        budget = budgets_for(request.user).prefetch_related("changes").filter(pk=pk).first()
        if budget is None:
            raise NotFound
        return Response(BudgetDetailSerializer(budget).data)

    @extend_schema(
        operation_id="budgets_change",
        request=ChangeBudgetSerializer,
        responses={200: BudgetDetailSerializer} | problems(400, 401, 403, 404, 406, 409, 415, 429),
        examples=[OpenApiExample("more", {"budget_usd": "75", "reason": "Year's end"}, request_only=True)],
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change a ceiling. Each change is kept."""
        form = ChangeBudgetSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        budget = set_budget(budget_id=pk, user=request.user, **form.validated_data)
        return Response(BudgetDetailSerializer(budget).data)
