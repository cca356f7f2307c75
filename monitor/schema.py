"""The store's schema as it stands, and the migrations that lead there.

Tables are append-only; what changes is a newer row, and views show the latest. There are no
unique constraints or foreign keys to rely on: ingestion anti-joins by the ids that the
application makes (they cost DuckDB an index, and DuckLake has none). `MIGRATIONS` is frozen
history: a change is a new entry, never an edit, and imports nothing alive.

Facts of the journal: waves, wave_questions, wave_ends, slots, notes, adoptions, alerts,
alert_moves, deliveries, answers, answer_texts, answer_sources, judgings, reviews, rulings. Derived
from them, and made anew at any time: measured, mentions, citations, unknown_names, and the rollups,
all keyed by the measure version that made them; measure_releases says which version the pages of a
pack read. Likewise fact_checks, judgements, judging_reads and claims by facts version, and
fact_releases.
"""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema's history."""

    version: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the step's SQL."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


_FIRST = """
CREATE TABLE journal_files (name VARCHAR, ingested_at TIMESTAMP, entries INTEGER);

CREATE TABLE waves (
  wave_id VARCHAR, pack VARCHAR, slot VARCHAR, started_at TIMESTAMP, repeats INTEGER,
  planned INTEGER, pack_hash VARCHAR, simulated BOOLEAN
);
CREATE TABLE wave_questions (
  wave_id VARCHAR, question_id VARCHAR, intent VARCHAR, stage VARCHAR, tags VARCHAR[],
  branded BOOLEAN, texts VARCHAR  -- JSON: language → wordings
);
CREATE TABLE wave_ends (wave_id VARCHAR, ended_at TIMESTAMP, outcome VARCHAR, note VARCHAR);
CREATE TABLE slots (
  pack VARCHAR, slot VARCHAR, wave_id VARCHAR, claimed_at TIMESTAMP, claimed_by VARCHAR
);
CREATE TABLE notes (
  note_id VARCHAR, written_at TIMESTAMP, day DATE, text VARCHAR, author VARCHAR, pack VARCHAR
);

-- One row per answer; its long texts lie apart, so that counting never reads them.
CREATE TABLE answers (
  answer_id VARCHAR, wave_id VARCHAR, pack VARCHAR, question_id VARCHAR, engine VARCHAR,
  locale VARCHAR, persona VARCHAR, phrasing INTEGER, repeat INTEGER, asked_at TIMESTAMP,
  day DATE, origin VARCHAR, status VARCHAR, reason VARCHAR, model_requested VARCHAR,
  model_served VARCHAR, system_fingerprint VARCHAR, parameters VARCHAR, finish_reason VARCHAR,
  input_tokens INTEGER, output_tokens INTEGER, search_calls INTEGER, cost_usd DOUBLE,
  cost_source VARCHAR, latency_s DOUBLE, attempts INTEGER, simulated BOOLEAN
);
CREATE TABLE answer_texts (answer_id VARCHAR, question VARCHAR, text VARCHAR, raw_body BLOB);
CREATE TABLE answer_sources (
  answer_id VARCHAR, position INTEGER, url VARCHAR, title VARCHAR, cited BOOLEAN,
  span_start INTEGER, span_end INTEGER
);

CREATE TABLE measured (answer_id VARCHAR, version VARCHAR);
CREATE TABLE mentions (
  answer_id VARCHAR, version VARCHAR, brand VARCHAR, state VARCHAR, spans INTEGER[][],
  rank INTEGER, mention_order INTEGER, list_no INTEGER, list_position INTEGER,
  list_size INTEGER
);
CREATE TABLE citations (
  answer_id VARCHAR, version VARCHAR, position INTEGER, url VARCHAR, domain VARCHAR,
  owner VARCHAR, kind VARCHAR, brand VARCHAR, title VARCHAR, cited BOOLEAN, redirect BOOLEAN
);
CREATE TABLE unknown_names (answer_id VARCHAR, version VARCHAR, name VARCHAR);
CREATE TABLE measure_releases (
  pack VARCHAR, version VARCHAR, brands VARCHAR[], released_at TIMESTAMP
);

-- Sums that the pages read. Additive: an answer is counted once per version, in the batch
-- that measured it, so a reader sums over rows and nothing is ever updated.
CREATE TABLE rollup_answers (
  version VARCHAR, pack VARCHAR, wave_id VARCHAR, day DATE, question_id VARCHAR,
  engine VARCHAR, locale VARCHAR, persona VARCHAR, intent VARCHAR, branded BOOLEAN,
  origin VARCHAR, simulated BOOLEAN, status VARCHAR, reason VARCHAR, answers INTEGER
);
CREATE TABLE rollup_mentions (
  version VARCHAR, pack VARCHAR, wave_id VARCHAR, day DATE, question_id VARCHAR,
  engine VARCHAR, locale VARCHAR, persona VARCHAR, brand VARCHAR, visible INTEGER,
  recommended INTEGER, warned_against INTEGER, declined INTEGER, ambiguous INTEGER,
  first INTEGER, top3 INTEGER, ranked INTEGER, rank_sum INTEGER
);

CREATE VIEW released AS
  SELECT pack, version, brands, released_at FROM measure_releases
  QUALIFY row_number() OVER (PARTITION BY pack ORDER BY released_at DESC, version) = 1;
CREATE VIEW wave_states AS
  SELECT w.*, e.ended_at, e.outcome, e.note
  FROM waves w
  LEFT JOIN (
    SELECT * FROM wave_ends
    QUALIFY row_number() OVER (PARTITION BY wave_id ORDER BY ended_at DESC) = 1
  ) e USING (wave_id);
"""

_ALERTS = """
CREATE TABLE alerts (
  alert_id VARCHAR, key VARCHAR, kind VARCHAR, pack VARCHAR, brand VARCHAR, engine VARCHAR,
  since VARCHAR, opened_at TIMESTAMP, title VARCHAR, text VARCHAR
);
CREATE TABLE alert_moves (
  alert_id VARCHAR, state VARCHAR, moved_at TIMESTAMP, moved_by VARCHAR, note VARCHAR
);
CREATE TABLE deliveries (message_id VARCHAR, target VARCHAR, delivered_at TIMESTAMP);

CREATE VIEW alert_states AS
  SELECT a.*, coalesce(m.state, 'open') AS state, m.moved_at, m.moved_by, m.note
  FROM alerts a
  LEFT JOIN (
    SELECT * FROM alert_moves
    QUALIFY row_number() OVER (PARTITION BY alert_id ORDER BY moved_at DESC) = 1
  ) m USING (alert_id);
"""

_WHOLES = """
-- Sums over whole answers, additive as the other rollups: shares and ranks with their variances.
CREATE TABLE rollup_wholes (
  version VARCHAR, pack VARCHAR, wave_id VARCHAR, day DATE, question_id VARCHAR,
  engine VARCHAR, locale VARCHAR, persona VARCHAR, named BIGINT, named_squares BIGINT,
  cited BIGINT, cited_squares BIGINT
);
CREATE TABLE rollup_shares (
  version VARCHAR, pack VARCHAR, wave_id VARCHAR, day DATE, question_id VARCHAR,
  engine VARCHAR, locale VARCHAR, persona VARCHAR, brand VARCHAR, named_with BIGINT,
  rank_squares BIGINT, citing BIGINT, cited BIGINT, cited_squares BIGINT, cited_with BIGINT
);

-- The answers measured so far. What an answer names and cites comes first, by brand and whole.
CREATE TEMP TABLE ok_answers AS
  SELECT d.version, a.pack, a.wave_id, a.day, a.question_id, a.engine, a.locale, a.persona,
         a.answer_id
  FROM measured d JOIN answers a USING (answer_id) WHERE a.status = 'ok';
CREATE TEMP TABLE brand_parts AS
  SELECT answer_id, version, brand, sum(named)::BIGINT AS named, sum(rank)::BIGINT AS rank,
         sum(cited)::BIGINT AS cited
  FROM (
    SELECT answer_id, version, brand, 1 AS named, coalesce(rank, 0) AS rank, 0 AS cited
    FROM mentions WHERE state IN ('recommended', 'mentioned', 'warned_against')
    UNION ALL
    SELECT answer_id, version, brand, 0, 0, 1 FROM citations WHERE cited
  ) GROUP BY ALL;
CREATE TEMP TABLE wholes AS
  SELECT answer_id, version, sum(named)::BIGINT AS named, sum(cited)::BIGINT AS cited
  FROM brand_parts GROUP BY ALL;
INSERT INTO rollup_wholes
  SELECT o.* EXCLUDE (answer_id), sum(w.named), sum(w.named ** 2), sum(w.cited), sum(w.cited ** 2)
  FROM ok_answers o JOIN wholes w USING (answer_id, version) GROUP BY ALL ORDER BY o.day;
INSERT INTO rollup_shares
  SELECT o.* EXCLUDE (answer_id), b.brand, sum(b.named * w.named), sum(b.rank ** 2),
         sum((b.cited > 0)::BIGINT), sum(b.cited), sum(b.cited ** 2), sum(b.cited * w.cited)
  FROM ok_answers o JOIN wholes w USING (answer_id, version)
  JOIN brand_parts b USING (answer_id, version) WHERE b.brand <> '' GROUP BY ALL ORDER BY o.day;
DROP TABLE ok_answers; DROP TABLE brand_parts; DROP TABLE wholes;
"""

_FACTS = """
ALTER TABLE wave_questions ADD COLUMN facts VARCHAR[];  -- ids of those that the question asks
ALTER TABLE waves ADD COLUMN probes INTEGER DEFAULT 0;  -- answers planned to probes of facts
CREATE OR REPLACE VIEW wave_states AS
  SELECT w.*, e.ended_at, e.outcome, e.note
  FROM waves w
  LEFT JOIN (
    SELECT * FROM wave_ends
    QUALIFY row_number() OVER (PARTITION BY wave_id ORDER BY ended_at DESC) = 1
  ) e USING (wave_id);

-- What judges replied and people decided: from the journal.
CREATE TABLE judgings (
  judging_id VARCHAR, answer_id VARCHAR, pack VARCHAR, template VARCHAR,
  facts VARCHAR,  -- JSON: fact id → content hash
  engine VARCHAR, asked_at TIMESTAMP, status VARCHAR, reason VARCHAR, model_requested VARCHAR,
  model_served VARCHAR, finish_reason VARCHAR, input_tokens INTEGER, output_tokens INTEGER,
  cost_usd DOUBLE, cost_source VARCHAR, latency_s DOUBLE, attempts INTEGER, simulated BOOLEAN,
  prompt VARCHAR, reply VARCHAR, raw_body BLOB
);
CREATE TABLE reviews (
  review_id VARCHAR, answer_id VARCHAR, fact_id VARCHAR, verdict VARCHAR, reviewer VARCHAR,
  reviewed_at TIMESTAMP, sample VARCHAR, machine_verdict VARCHAR, machine_version VARCHAR,
  stratum VARCHAR, stratum_items INTEGER, fact_hash VARCHAR, note VARCHAR, withdraws VARCHAR
);
-- Who is looking at an item right now; forgotten when it expires, so not journalled.
CREATE TABLE review_claims (
  answer_id VARCHAR, fact_id VARCHAR, reviewer VARCHAR, claimed_at TIMESTAMP, expires_at TIMESTAMP,
  sample VARCHAR, stratum VARCHAR, stratum_items INTEGER
);

-- Derived from answers, fact sheet and judgings, by facts version (rules, sheet, own brand).
CREATE TABLE fact_checks (answer_id VARCHAR, version VARCHAR);
CREATE TABLE judgements (
  answer_id VARCHAR, version VARCHAR, pack VARCHAR, wave_id VARCHAR, day DATE,
  question_id VARCHAR, engine VARCHAR, locale VARCHAR, persona VARCHAR, intent VARCHAR,
  branded BOOLEAN, origin VARCHAR, fact_id VARCHAR,
  asked BOOLEAN,  -- the question asks the fact; what isn't stated is kept for those alone
  verdict VARCHAR, method VARCHAR, judged_by VARCHAR,  -- rules' version, or template and model
  judging_id VARCHAR, judged_at TIMESTAMP,
  span_start INTEGER, span_end INTEGER, quote VARCHAR, confidence DOUBLE, promise BOOLEAN,
  note VARCHAR
);
CREATE TABLE judging_reads (
  judging_id VARCHAR, version VARCHAR, answer_id VARCHAR, usable BOOLEAN, sentiment VARCHAR,
  recommendation VARCHAR, unscored VARCHAR[], problems VARCHAR[]
);
CREATE TABLE claims (
  answer_id VARCHAR, version VARCHAR, judging_id VARCHAR, claim VARCHAR, quote VARCHAR,
  span_start INTEGER, span_end INTEGER
);
CREATE TABLE fact_releases (
  pack VARCHAR, version VARCHAR, sheet VARCHAR,
  facts VARCHAR,  -- JSON: fact id → content hash
  content VARCHAR,  -- JSON: the facts as the sheet had them
  released_at TIMESTAMP
);

CREATE VIEW released_facts AS
  SELECT pack, version, sheet, facts, content, released_at FROM fact_releases
  QUALIFY row_number() OVER (PARTITION BY pack ORDER BY released_at DESC, version) = 1;
CREATE VIEW standing_reviews AS
  SELECT * FROM reviews
  WHERE withdraws = ''
    AND review_id NOT IN (SELECT withdraws FROM reviews WHERE withdraws <> '')
  QUALIFY row_number() OVER (
    PARTITION BY answer_id, fact_id ORDER BY reviewed_at DESC, review_id DESC
  ) = 1;
-- Those on facts that still read as they did then.
CREATE VIEW current_reviews AS
  SELECT * FROM standing_reviews
  WHERE fact_hash = '' OR (fact_id, fact_hash) IN (
    SELECT (f.key, f.value ->> '$') FROM released_facts, json_each(facts) f);
-- What people said of items that were drawn at random, once for each judge they met.
CREATE VIEW random_reviews AS
  SELECT * FROM reviews
  WHERE sample = 'random' AND withdraws = ''
    AND review_id NOT IN (SELECT withdraws FROM reviews WHERE withdraws <> '')
  QUALIFY row_number() OVER (
    PARTITION BY answer_id, fact_id, machine_version ORDER BY reviewed_at DESC, review_id DESC
  ) = 1;
CREATE VIEW released_judgements AS
  SELECT j.* FROM judgements j JOIN released_facts v USING (pack, version);
-- What the latest usable reply of a judge says of each answer.
CREATE VIEW standing_reads AS
  SELECT r.*, j.pack, j.template, coalesce(nullif(j.model_served, ''), j.model_requested) AS model
  FROM judging_reads r JOIN judgings j USING (judging_id, answer_id)
  JOIN released_facts v ON v.pack = j.pack AND v.version = r.version
  WHERE r.usable
  QUALIFY row_number() OVER (
    PARTITION BY r.answer_id ORDER BY j.asked_at DESC, j.judging_id
  ) = 1;
-- The machine's one verdict on a fact in an answer: what rules settle, else the latest judge's.
CREATE VIEW machine_judgements AS
  SELECT j.* FROM released_judgements j
  QUALIFY row_number() OVER (
    PARTITION BY j.answer_id, j.fact_id
    ORDER BY CASE WHEN j.method = 'rules' AND j.verdict IN ('correct', 'incorrect', 'outdated')
                  THEN 0 WHEN j.method = 'judge' THEN 1 ELSE 2 END,
             j.judged_at DESC NULLS LAST, j.judging_id
  ) = 1;
-- The same with what people said of it: a person's verdict stands in place of the machine's.
CREATE VIEW judgement_states AS
  SELECT m.* EXCLUDE (verdict, method, note),
         coalesce(r.verdict, m.verdict) AS verdict,
         CASE WHEN r.verdict IS NULL THEN m.method ELSE 'person' END AS method,
         coalesce(nullif(r.note, ''), m.note) AS note,
         m.verdict AS machine_verdict, r.review_id, r.reviewer, r.reviewed_at,
         r.review_id IS NOT NULL AND r.verdict IS NULL AS unsure
  FROM machine_judgements m LEFT JOIN current_reviews r USING (answer_id, fact_id);
"""

_ADOPTIONS = """
CREATE TABLE adoptions (
  pack VARCHAR, name VARCHAR, decided_at TIMESTAMP, decided_by VARCHAR, tracked BOOLEAN
);
CREATE VIEW adopted AS
  SELECT pack, name, decided_at, decided_by FROM adoptions
  QUALIFY row_number() OVER (PARTITION BY pack, name ORDER BY decided_at DESC) = 1 AND tracked;
"""

_RULINGS = """
CREATE TABLE rulings (
  ruling_id VARCHAR, answer_id VARCHAR, brand VARCHAR, state VARCHAR, reviewer VARCHAR,
  ruled_at TIMESTAMP, machine_state VARCHAR, machine_version VARCHAR, note VARCHAR
);
ALTER TABLE measured ADD COLUMN rulings VARCHAR[];  -- ids of those that it applies; NULL: none

CREATE VIEW standing_rulings AS
  SELECT * FROM rulings
  QUALIFY state IS NOT NULL AND row_number() OVER (
    PARTITION BY answer_id, brand ORDER BY ruled_at DESC, ruling_id DESC
  ) = 1;
-- What each answer is to be read with; where `measured` says otherwise, it has to be read again.
CREATE VIEW ruled_answers AS
  SELECT answer_id, list(ruling_id ORDER BY ruling_id) AS rulings,
         map(list(brand ORDER BY ruling_id), list(state ORDER BY ruling_id)) AS states
  FROM standing_rulings GROUP BY answer_id;
-- What the figures of a version hold.
CREATE VIEW applied_rulings AS
  SELECT d.version, r.*
  FROM (
    SELECT answer_id, version, unnest(rulings) AS ruling_id FROM measured WHERE rulings IS NOT NULL
  ) d JOIN rulings r USING (answer_id, ruling_id);
"""

MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "first", _FIRST),
    Migration(2, "alerts", _ALERTS),
    Migration(3, "wholes", _WHOLES),
    Migration(4, "facts", _FACTS),
    Migration(5, "adoptions", _ADOPTIONS),
    Migration(6, "rulings", _RULINGS),
)

CREATE_HISTORY = """
CREATE TABLE IF NOT EXISTS schema_migrations (
  version INTEGER, name VARCHAR, checksum VARCHAR, applied_at TIMESTAMP
)
"""

CURRENT = MIGRATIONS[-1].version
