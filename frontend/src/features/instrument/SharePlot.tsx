import { percent, significant } from '../../lib/format';
import { useWidth } from '../../lib/hooks';
import { BAND, EXPECTED, shareAxis, type Method } from './equalArms';

/** Pixels. */
const HEIGHT = 30;
const EDGE = 18;

/** Shares of false alarms by method on one axis, with the band and the line of what is promised. */
export function SharePlot({ methods }: { methods: readonly Method[] }) {
  const [box, width] = useWidth();
  const { ticks, at } = shareAxis(methods);
  const x = (share: number) => EDGE + at(share) * (width - 2 * EDGE);
  const ready = width > 2 * EDGE;
  return (
    <div class="shares">
      {methods.map((method) => (
        <div key={method.name} class={method.own ? 'share own' : 'share'}>
          <span>{method.name}</span>
          <span class="share-plot">{ready && <Row method={method} width={width} x={x} />}</span>
          <span class="share-words">{wordsOf(method)}</span>
        </div>
      ))}
      <div class="share">
        <div ref={box} class="share-plot">
          <svg width={width} height="20" aria-hidden="true">
            {ready &&
              ticks.map((tick) => (
                <text key={tick} x={x(tick)} y="14" text-anchor="middle">
                  {percent(tick)}
                </text>
              ))}
          </svg>
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  method: Method;
  width: number;
  x: (share: number) => number;
}

/** Hidden from readers: the words beside it say the same. */
function Row({ method: { share, low, high, own }, width, x }: RowProps) {
  const y = HEIGHT / 2;
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      <rect class="band" x={x(BAND.low)} width={x(BAND.high) - x(BAND.low)} height={HEIGHT} />
      <line class="zero" x1={x(0)} x2={x(0)} y1="0" y2={HEIGHT} />
      <line class="expected" x1={x(EXPECTED)} x2={x(EXPECTED)} y1="0" y2={HEIGHT} />
      {low !== null && high !== null && (
        <path
          class="ci"
          d={`M${x(low)},${y}H${x(high)}M${x(low)},${y - 5}v10M${x(high)},${y - 5}v10`}
        />
      )}
      {share !== null && <circle class={own ? 'own' : 'other'} cx={x(share)} cy={y} r="4.5" />}
    </svg>
  );
}

function wordsOf({ share, low, high, falsePositives, pairs }: Method): string {
  if (share === null) return 'no pair yet';
  const range = low === null || high === null ? '' : ` [${short(low)}, ${short(high)}]`;
  return `${short(share)}${range}, ${falsePositives} of ${pairs.toLocaleString('en-US')}`;
}

const short = (share: number) => percent(Number(significant(share, 2)));
