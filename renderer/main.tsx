import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './theme/tokens.css';
import './theme/base.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { Frame } from './features/shell/Frame.tsx';
import { useHashLocation } from './routes/hashLocation.ts';
import { followVisits } from './routes/visits.ts';
import { Routes } from './routes.tsx';
import { queryClient } from './rpc.ts';
import { colorSchemes } from './theme/colorScheme.ts';
import { cssVariables, theme } from './theme/theme.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');

followVisits();

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <Router hook={useHashLocation}>
          <Frame>
            <Routes />
          </Frame>
        </Router>
        <Notifications position="bottom-right" limit={4} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
