import { FaultList } from '../../components/fields';
import { useElementId } from '../../lib/hooks';
import { zones } from './schedules';

interface Props {
  value: string;
  faults: string[] | undefined;
  onInput: (zone: string) => void;
}

/** A time zone by its IANA name, with those that the browser knows to pick from. */
export function ZoneField({ value, faults = [], onInput }: Props) {
  const id = useElementId('zone');
  return (
    <div class="field">
      <label for={id}>time zone</label>
      <div class={faults.length > 0 ? 'input wrong' : 'input'}>
        <input
          id={id}
          list={`${id}-all`}
          value={value}
          autocomplete="off"
          aria-invalid={faults.length > 0}
          aria-describedby={`${id}-hint`}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </div>
      <datalist id={`${id}-all`}>
        {zones().map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <div id={`${id}-hint`}>
        <p class="quiet">a time that its clock skips is due right after, one shown twice once</p>
        <FaultList faults={faults} />
      </div>
    </div>
  );
}
