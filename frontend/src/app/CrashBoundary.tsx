import { Component, type ComponentChildren } from 'preact';
import { ProblemBox } from '../components/ProblemBox';

interface State {
  error: Error | null;
}

/** Keeps the rail when a page breaks, and says what happened instead of showing nothing. */
export class CrashBoundary extends Component<{ children: ComponentChildren }, State> {
  override state: State = { error: null };

  override componentDidCatch(thrown: unknown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    console.error(error);
    this.setState({ error });
  }

  override render() {
    const { error } = this.state;
    if (!error) return <>{this.props.children}</>;
    return (
      <div class="page">
        <ProblemBox error={error} retry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
