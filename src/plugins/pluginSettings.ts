import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import * as v from 'valibot';

export interface IPluginSettingsOptions<S extends v.GenericSchema> {
  /** Null in applications without settings: then the defaults hold. */
  registry: ISettingRegistry | null;
  plugin: string;
  /** Must accept an empty object: what a fallback stands for is the default. */
  schema: S;
}

/** The settings of one plugin, parsed: its defaults until they have been read. */
export class PluginSettings<S extends v.GenericSchema> {
  private current: v.InferOutput<S>;

  constructor({ registry, plugin, schema }: IPluginSettingsOptions<S>) {
    this.current = v.parse(schema, {});
    registry?.load(plugin).then(
      settings => {
        const read = () => {
          this.current = v.parse(schema, settings.composite);
        };
        read();
        settings.changed.connect(read);
      },
      (reason: unknown) => console.warn(`The settings of ${plugin} could not be read; defaults hold.`, reason)
    );
  }

  /** The values of this moment. */
  get values(): v.InferOutput<S> {
    return this.current;
  }
}
