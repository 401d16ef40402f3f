"""What the database itself refuses, whoever asks: changed history, own work decided, decisions without a review.

Row triggers only, so that tests can still truncate tables.
"""

from django.db import migrations

def refuses(name: str, table: str, events: str, function: str, *arguments: str) -> migrations.RunSQL:
    passed = ", ".join(f"'{one}'" for one in arguments)
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}({passed})",
        f"DROP TRIGGER {name} ON {table}",
    )


FUNCTIONS = r"""
CREATE FUNCTION clm_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Refuses an UPDATE that changes any of the columns named as arguments.
CREATE FUNCTION clm_keep_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    column_name text;
BEGIN
    FOREACH column_name IN ARRAY TG_ARGV LOOP
        IF to_jsonb(OLD) -> column_name IS DISTINCT FROM to_jsonb(NEW) -> column_name THEN
            RAISE EXCEPTION '%.% never changes', TG_TABLE_NAME, column_name
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

-- A review is of an open item, and its author is the item's author.
CREATE FUNCTION clm_review_of_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    item patterns_reviewitem;
BEGIN
    SELECT * INTO item FROM patterns_reviewitem WHERE id = NEW.item_id;
    IF NOT item.open THEN
        RAISE EXCEPTION 'review item % is closed', NEW.item_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.author_id IS NULL THEN
        NEW.author_id := item.author_id;
    ELSIF NEW.author_id IS DISTINCT FROM item.author_id THEN
        RAISE EXCEPTION 'the author of a review is the author of its item'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- An item leaves the queue by a final review, or because its author withdrew the submission it stands for.
CREATE FUNCTION clm_close_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.open THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM patterns_review WHERE item_id = NEW.id AND decision <> 'request_changes')
        OR EXISTS (SELECT 1 FROM patterns_submission
                   WHERE id = NEW.object_id AND kind = NEW.kind AND state = 'withdrawn') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'review item % has no final review', NEW.id USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- A submission is accepted or declined by another person's review of it, and stays so.
CREATE FUNCTION clm_decide_submission() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    needed text;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state IN ('accepted', 'declined') AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'submission % is decided', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    needed := CASE NEW.state WHEN 'accepted' THEN 'accept' WHEN 'declined' THEN 'decline' END;
    IF needed IS NULL OR (TG_OP = 'UPDATE' AND OLD.state = NEW.state) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM patterns_review r JOIN patterns_reviewitem i ON i.id = r.item_id
        WHERE i.kind = NEW.kind AND i.object_id = NEW.id AND r.decision = needed AND r.reviewer_id <> NEW.author_id
    ) THEN
        RAISE EXCEPTION 'submission % has no such review by another person', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION clm_decide_submission();
DROP FUNCTION clm_close_item();
DROP FUNCTION clm_review_of_item();
DROP FUNCTION clm_keep_columns();
DROP FUNCTION clm_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("patterns", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        refuses(
            "revision_is_immutable", "patterns_revision", "UPDATE", "clm_keep_columns",
            "pattern_id", "lighthouse_id", "number", "title", "source", "body_start", "sha256", "front", "author_id",
            "origin", "created_at",
        ),
        refuses("audit_is_append_only", "patterns_auditentry", "UPDATE OR DELETE", "clm_refuse"),
        refuses("changes_are_append_only", "patterns_librarychange", "UPDATE OR DELETE", "clm_refuse"),
        refuses("reviews_are_append_only", "patterns_review", "UPDATE OR DELETE", "clm_refuse"),
        refuses("events_are_kept", "patterns_submissionevent", "UPDATE", "clm_refuse"),
        refuses("review_of_its_item", "patterns_review", "INSERT", "clm_review_of_item"),
        refuses(
            "item_stays_what_it_is", "patterns_reviewitem", "UPDATE", "clm_keep_columns",
            "kind", "object_id", "author_id", "created_at",
        ),
        refuses("item_closed_by_review", "patterns_reviewitem", "INSERT OR UPDATE OF open", "clm_close_item"),
        refuses("submission_stays_its_authors", "patterns_submission", "UPDATE", "clm_keep_columns", "kind", "author_id"),
        refuses(
            "submission_decided_by_review", "patterns_submission", "INSERT OR UPDATE OF state", "clm_decide_submission"
        ),
    ]
