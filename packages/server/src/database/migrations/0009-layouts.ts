import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Keyframes before knew counters by place; without a layout none is read, and those of old runs are made again. */
const KEYFRAMES = `
alter table keyframes add column layout text;
comment on column keyframes.layout is 'Hash of what the columns and counters are; a keyframe of another layout is passed over.';`;

const READ_MODELS = `
alter table projection_states add column layout text not null default 'before layouts';
alter table projection_states alter column layout drop default;
comment on column projection_states.layout is 'Hash of which figure stands where; read models of another layout are made again.';

drop view series;
alter table figure_names add column layout text not null default 'before layouts';
alter table figure_names alter column layout drop default;
alter table figure_names drop constraint figure_names_pkey;
alter table figure_names add primary key (layout, is_host, place);

create view series as
select p.run_id, p.vm, p.time_ns, n.name as metric, f.value
from series_points p
join projection_states s on s.root_run_id = p.root_run_id and s.run_id = p.run_id
cross join lateral unnest(p.figures) with ordinality f(value, place)
join figure_names n on n.layout = s.layout and n.place = f.place and n.is_host = (p.vm = 0);
comment on view series is 'One row per moment, VM (0: the host) and metric.';`;

/**
 * Figures that came to mean something else are taken out of those that are stored, and read as null: traps left two causes
 * out; a VM's time, and with it accesses per second, continued to the end of the run.
 */
const FIGURES = `
update run_jobs set figures = (figures - 'traps' - 'accessesPerSecond') || jsonb_build_object('vms', (
  select coalesce(jsonb_agg(vm - 'traps' - 'simulatedNs' - 'accessesPerSecond' order by place), '[]')
  from jsonb_array_elements(figures -> 'vms') with ordinality as each (vm, place)))
where figures is not null;`;

export const layoutsMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    for (const part of [KEYFRAMES, READ_MODELS, FIGURES]) await sql.raw(part).execute(database);
  },
};
