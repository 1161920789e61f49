import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { Pick, Segments } from '../../components/controls';
import { Checks, TextField } from '../../components/fields';
import { ProblemBox } from '../../components/ProblemBox';
import { SignInHint } from '../../components/SignInHint';
import type { Profile, Schedule, Suite } from '../../lib/api';
import { faultsOf } from '../../lib/faults';
import { RequestError } from '../../lib/http';
import { sessionQuery } from '../../lib/queries';
import { CronPreview } from './CronPreview';
import {
  EVERY_NIGHT,
  formOf,
  makeSchedule,
  maySchedule,
  replaceSchedule,
  requestFrom,
  type Form,
} from './schedules';
import { ZoneField } from './ZoneField';

const USUAL: [cron: string, words: string][] = [
  [EVERY_NIGHT, 'Every night'],
  ['0 2 * * MON-FRI', 'Weekday nights'],
  ['0 2 * * SUN', 'Sunday nights'],
  ['0 */6 * * *', 'Every six hours'],
];
const FIELDS = ['suite', 'name', 'cron', 'zone', 'repetitions', 'priority', 'profiles'];

interface Props {
  suites: readonly Suite[];
  profiles: readonly Profile[];
  /** What is changed; undefined to make a new one. */
  schedule: Schedule | undefined;
  /** Suite that a new one begins with. */
  suite: string;
}

/** A schedule to be made or changed, with what its times mean. */
export function ScheduleForm({ suites, profiles, schedule, suite }: Props) {
  const { route } = useLocation();
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const [form, setForm] = useState<Form>(() => formOf(schedule, suite));
  const change = (patch: Partial<Form>) => setForm({ ...form, ...patch });
  const save = useMutation({
    mutationFn: () => {
      const request = requestFrom(form, schedule);
      return schedule ? replaceSchedule(schedule, request) : makeSchedule(request);
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['schedules'] });
      route(`/schedules?schedule=${id}`);
    },
  });
  const problem = save.error instanceof RequestError ? save.error.problem : undefined;
  const faults = problem ? faultsOf(problem, FIELDS) : { fields: {}, rest: [] };
  const unsorted = save.error && !(problem?.errors?.length && faults.rest.length === 0);
  return (
    <form
      class="card fields"
      aria-label={schedule ? `Change ${schedule.name}` : 'New schedule'}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <h2>{schedule ? `Change ${schedule.name}` : 'New schedule'}</h2>
      <div class="row">
        <Pick
          label="Suite"
          value={form.suite}
          options={suites.map(({ name, title }) => [name, `${title} (${name})`])}
          onPick={(picked) => change({ suite: picked })}
        />
        {USUAL.map(([cron, words]) => (
          <button
            key={cron}
            type="button"
            class="button ghost"
            aria-pressed={form.cron === cron}
            onClick={() => change({ cron })}
          >
            {words}
          </button>
        ))}
      </div>
      <div class="row">
        <TextField
          label="cron"
          hint="minute, hour, day of the month, month, day of the week"
          value={form.cron}
          faults={faults.fields.cron}
          onInput={(cron) => change({ cron })}
        />
        <ZoneField
          value={form.zone}
          faults={faults.fields.zone}
          onInput={(zone) => change({ zone })}
        />
      </div>
      <CronPreview cron={form.cron} zone={form.zone} />
      <fieldset>
        <legend>When no server was there</legend>
        <Segments
          label="When no server was there"
          value={form.missed}
          options={[
            ['once', 'One run makes up for it'],
            ['skip', 'Skip it'],
          ]}
          onPick={(missed) => change({ missed })}
        />
      </fieldset>
      <label class="row">
        <input
          type="checkbox"
          checked={form.onNewInterpreter}
          onChange={(event) => change({ onNewInterpreter: event.currentTarget.checked })}
        />
        Also when a host has an interpreter build that none had before
      </label>
      <div class="row">
        <TextField
          label="name"
          hint="the suite's when empty"
          value={form.name}
          faults={faults.fields.name}
          onInput={(name) => change({ name })}
        />
        <TextField
          label="repetitions"
          hint="runs in all; no end when empty"
          value={form.repetitions}
          faults={faults.fields.repetitions}
          onInput={(repetitions) => change({ repetitions })}
        />
        <TextField
          label="priority"
          hint="-100 to 100; the suite's when empty"
          value={form.priority}
          faults={faults.fields.priority}
          onInput={(priority) => change({ priority })}
        />
      </div>
      <Checks
        title="Hardware profiles (the suite's when none)"
        all={profiles.map(({ name }) => name)}
        chosen={form.profiles}
        faults={faults.fields.profiles}
        onChoose={(chosen) => change({ profiles: chosen })}
      />
      {unsorted && save.error && <ProblemBox error={save.error} />}
      <div class="row">
        <button
          type="submit"
          class="button primary"
          disabled={save.isPending || !maySchedule(session)}
        >
          {schedule ? 'Save' : 'Schedule it'}
        </button>
        <a class="button" href="/schedules">
          Cancel
        </a>
      </div>
      {session && !maySchedule(session) && <SignInHint to="save it as an administrator" />}
    </form>
  );
}
