"""Retention arithmetic: rules as data, periods, deadlines, amounts, schedules. No AI stack."""
