export { type Configuration, type ConfigurationSources, readConfiguration } from "./configuration.ts";
export {
  DEFAULT_MAX_CLIENT_OPERATIONS,
  DEFAULT_MAX_CONNECTION_OPERATIONS,
  DEFAULT_MAX_CONNECTIONS,
  type LogLevel,
  type SettingName,
  SETTINGS,
} from "./settings.ts";
