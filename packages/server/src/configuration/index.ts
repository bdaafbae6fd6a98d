export { CONFIGURATION_FILE } from "./configuration-file.ts";
export {
  type Configuration,
  type ConfigurationSources,
  DEFAULT_HOST,
  DEFAULT_PORT,
  readConfiguration,
} from "./configuration.ts";
export { type LogLevel, type SettingName, SETTINGS } from "./settings.ts";
