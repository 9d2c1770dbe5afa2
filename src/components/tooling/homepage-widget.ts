import { present } from '../helm/values';

/** What a widget for the cluster shows. */
export interface HomepageKubernetesWidgetOptions {
  /**
   * Name of the cluster.
   *
   * @default - none
   */
  readonly label?: string;

  /**
   * Whether each node is shown, too.
   *
   * @default false
   */
  readonly nodes?: boolean;
}

/** Something at the head of the page. */
export class HomepageWidget {
  /**
   * CPU and memory of the cluster, and of its nodes; needs the metrics server.
   *
   * @see https://gethomepage.dev/widgets/info/kubernetes/
   */
  public static kubernetes({ label, nodes = false }: HomepageKubernetesWidgetOptions = {}): HomepageWidget {
    return HomepageWidget.of('kubernetes', {
      cluster: { show: true, cpu: true, memory: true, ...label === undefined ? {} : { showLabel: true, label } },
      nodes: nodes ? { show: true, cpu: true, memory: true, showLabel: true } : { show: false },
    });
  }

  /**
   * A field to search the web in.
   *
   * @param provider `duckduckgo`, `google`, `bing`, `brave`
   * @see https://gethomepage.dev/widgets/info/search/
   */
  public static search(provider: string): HomepageWidget {
    return HomepageWidget.of('search', { provider, target: '_blank' });
  }

  /**
   * Date and time.
   *
   * @param timeStyle `short`, `medium` or `long`
   * @param dateStyle the same; no date if it is not said
   * @see https://gethomepage.dev/widgets/info/datetime/
   */
  public static dateTime(timeStyle: string, dateStyle?: string): HomepageWidget {
    return HomepageWidget.of('datetime', { format: present({ timeStyle, dateStyle }) });
  }

  /**
   * A text.
   *
   * @see https://gethomepage.dev/widgets/info/greeting/
   */
  public static greeting(text: string): HomepageWidget {
    return HomepageWidget.of('greeting', { text });
  }

  /**
   * Any other one.
   *
   * @param type its name
   * @param options its fields
   * @see https://gethomepage.dev/widgets/
   */
  public static of(type: string, options: { [field: string]: any }): HomepageWidget {
    return new HomepageWidget(type, options);
  }

  private constructor(private readonly type: string, private readonly options: { [field: string]: any }) {}

  /** @internal */
  public _toJson(): object {
    return { [this.type]: this.options };
  }
}
