-- Names of SQLite that the nouns use, as functions of PostgreSQL; made in the schema of the store, before its tables.

CREATE FUNCTION json_each(list text) RETURNS TABLE (key text, value text) LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT (place - 1)::text, element #>> '{}' FROM jsonb_array_elements(
    CASE WHEN jsonb_typeof(list::jsonb) = 'array' THEN list::jsonb ELSE '[]' END) WITH ORDINALITY AS array_of(element, place)
  UNION ALL
  SELECT object.key, object.value #>> '{}' FROM jsonb_each(
    CASE WHEN jsonb_typeof(list::jsonb) = 'object' THEN list::jsonb ELSE '{}' END) AS object
$$;

CREATE FUNCTION json_numbers(list text) RETURNS TABLE (value bigint) LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT element::bigint FROM jsonb_array_elements_text(list::jsonb) AS element
$$;

CREATE FUNCTION json_extract(document text, path text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT CASE jsonb_typeof(found) WHEN 'boolean' THEN CASE WHEN found::boolean THEN '1' ELSE '0' END ELSE found #>> '{}' END
  FROM (SELECT document::jsonb #> string_to_array(substr(path, 3), '.') AS found) AS looked_up
$$;

CREATE FUNCTION instr(text, text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT strpos($1, $2) $$;

CREATE FUNCTION json_text_added(list jsonb, element text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT list || jsonb_build_array(element)
$$;
CREATE FUNCTION json_value_added(list jsonb, element json) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT list || jsonb_build_array(element)
$$;
CREATE FUNCTION json_list_text(list jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT list::text $$;
CREATE AGGREGATE json_group_array(text) (sfunc = json_text_added, stype = jsonb, finalfunc = json_list_text, initcond = '[]');
CREATE AGGREGATE json_group_array(json) (sfunc = json_value_added, stype = jsonb, finalfunc = json_list_text, initcond = '[]');

CREATE FUNCTION max(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT greatest($1, $2)
$$;
CREATE FUNCTION max(bigint, bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT greatest($1, $2, $3)
$$;
CREATE FUNCTION min(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT least($1, $2)
$$;
CREATE FUNCTION min(bigint, bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT least($1, $2, $3)
$$;
CREATE FUNCTION max(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT greatest($1, $2)
$$;
CREATE FUNCTION max(text, text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT greatest($1, $2, $3)
$$;
CREATE FUNCTION min(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT least($1, $2)
$$;
CREATE FUNCTION min(text, text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT least($1, $2, $3)
$$;

CREATE FUNCTION count_if_true(count bigint, found boolean) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT count + CASE WHEN found THEN 1 ELSE 0 END
$$;
CREATE AGGREGATE sum(boolean) (sfunc = count_if_true, stype = bigint, initcond = '0');

CREATE SEQUENCE store_changes;
CREATE TABLE migration_steps (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
